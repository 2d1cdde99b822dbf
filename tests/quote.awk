# Turns a text file into one C string literal.
BEGIN { print "static const char defaults_text[] =" }
{
	gsub(/\\/, "\\\\")
	gsub(/"/, "\\\"")
	print "\t\"" $0 "\\n\""
}
END { print "\t;" }
