# The labelled texts of tests/data/headings: what is found and what is not. They were labelled by
# someone who had not seen the rules; the rate is counted here, each difference is listed.
for text in tests/data/headings/*.txt; do
	"$D" toc "$text" | sed 's/^ *//' >/dev/null
	echo "== $(basename "$text" .txt)"
	"$D" toc "$text"
done
