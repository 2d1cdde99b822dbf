#include "command/internal.h"

/* The first is what a file name alone means. */
const struct verb verbs[] = {
	{ "read", "[FILE[#SECTION] ...] [+N | +/text]", "read articles on the terminal",
	  "glossary encoding heading section plain dump width height", run_read },
	{ "print", "FILE[#SECTION]", "the text, wrapped",
	  "plain width section encoding heading", run_print },
	{ "toc", "FILE", "the outline", "json encoding heading", run_toc },
	{ "index", "FILE", "the keyword index", "json order glossary encoding heading section",
	  run_index },
	{ "glossary", "FILE | check FILE ...", "the terms of the article in order; check glossary files",
	  "json glossary section encoding heading strict", run_glossary },
	{ "lookup", "WORD ...", "words in all glossaries, by Chinese, pinyin or English",
	  "json glossary", run_lookup },
	{ "search", "TEXT FILE", "places where the text stands, as grep; folding scripts and widths",
	  "json pinyin english glossary section encoding heading", run_search },
	{ "info", "FILE", "format, encoding, script, sizes, statistics by section",
	  "json glossary encoding heading", run_info },
	{ "convert", "FILE", "the article as Markdown, with the headings found",
	  "encoding heading section", run_convert },
	{ "help", "[keys | commands | options | verbs | flags]", "the verbs; the keys, commands and options of the reader",
	  "completion tables", run_help },
};
const size_t nverbs = sizeof verbs / sizeof *verbs;
