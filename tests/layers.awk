# Checks src/LAYERS: which folder includes which, and who owns which outside header.
# awk -f tests/layers.awk src/LAYERS FILES...
FILENAME ~ /LAYERS$/ {
	if (/^#/ || !NF)
		next
	split($0, field, ":")
	gsub(/[ \t]/, "", field[1])
	allowed[field[1], field[1]] = 1
	n = split(field[2], word, " ")
	for (i = 1; i <= n; i++)
		allowed[field[1], word[i]] = 1
	n = split(field[3], word, " ")
	for (i = 1; i <= n; i++)
		owner[word[i]] = field[1]
	next
}
FNR == 1 {
	split(FILENAME, path, "/")
	here = path[3] == "" ? "" : path[2]	# main.c belongs to no folder
}
here != "" && /^[ \t]*#[ \t]*include/ {
	split($0, quoted, /["<>]/)
	header = quoted[2]
	split(header, part, "/")
	if (/"/ && part[2] != "" && !((here, part[1]) in allowed))
		bad("may not include " header)
	if (/"/ && part[2] ~ /^internal/ && part[1] != here)
		bad(header " is private")
	for (name in owner)
		if (/</ && index(header, name) == 1 && owner[name] != here)
			bad(header " belongs to " owner[name])
}
function bad(what)
{
	print FILENAME ":" FNR ": " here ": " what
	failed = 1
}
END { exit failed }
