#include <stdlib.h>

#include "file/file.h"
#include "glossary/internal.h"
#include "text/decode.h"
#include "text/utf8.h"

#define COLUMNS 8

struct slice *
tsv_split(struct arena *arena, struct slice list, size_t *n)
{
	struct slice *item;
	size_t max = 1;

	*n = 0;
	for (size_t i = 0; i < list.n; i++)
		max += list.s[i] == ';';
	item = arena_alloc(arena, max * sizeof *item);
	while (list.s) {
		struct slice one = slice_trim(slice_cut(&list, ';'));

		if (one.n)
			item[(*n)++] = one;
	}
	return item;
}

static struct slice
base_name(struct slice path)
{
	size_t start = path.n, end;

	while (start > 0 && path.s[start - 1] != '/')
		start--;
	for (end = path.n; end > start && path.s[end - 1] != '.';)
		end--;
	return slice_sub(path, (struct range){ start, end > start + 1 ? end - 1 : path.n });
}

/* "# title: …" */
static void
take_header(struct glossary *glossary, struct slice line)
{
	struct slice rest = slice_trim(slice_from(line, 1)), key = slice_cut(&rest, ':');

	if (!rest.s)
		return;
	if (slice_is(key, "title"))
		glossary->title = slice_trim(rest);
	if (slice_is(key, "licence") || slice_is(key, "license"))
		glossary->licence = slice_trim(rest);
	if (slice_is(key, "version"))
		glossary->version = slice_trim(rest);
}

static struct term
make_term(struct lexicon *lexicon, const struct slice *column)
{
	struct term term = { .headword = column[0],
			     .definition = column[2],
			     .simplified = column[3],
			     .pinyin = column[4],
			     .domain = column[5] };

	term.english = tsv_split(&lexicon->arena, column[1], &term.nenglish);
	term.alias = tsv_split(&lexicon->arena, column[6], &term.nalias);
	term.see = tsv_split(&lexicon->arena, column[7], &term.nsee);
	return term;
}

static void
take_line(struct lexicon *lexicon, struct slice line, const char *path, unsigned number,
	  struct diag *diag)
{
	struct slice column[COLUMNS], rest = line;
	struct term term;

	memset(column, 0, sizeof column);
	for (size_t i = 0; i < COLUMNS && rest.s; i++)
		column[i] = slice_trim(slice_cut(&rest, '\t'));
	if (!memchr(line.s, '\t', line.n)) {
		diag_add(diag, DIAG_WARNING, path, number,
			 "no tab: a line is term, tab, English; left out");
		return;
	}
	term = make_term(lexicon, column);
	if (term.headword.n == 0 || (term.nenglish == 0 && term.definition.n == 0)) {
		diag_add(diag, DIAG_WARNING, path, number, "%s is empty; the line is left out",
			 term.headword.n ? "the English" : "the term");
		return;
	}
	term.glossary = (uint32_t)lexicon->nglossary - 1;
	term.line = number;
	ARRAY_ADD(lexicon->term, lexicon->nterm, lexicon->cap_term, term);
}

void
tsv_load(struct lexicon *lexicon, const struct lexicon_source *source, struct diag *diag)
{
	struct file *file = file_open(source->path, diag);
	struct slice text, rest;
	struct buf good = { 0 };
	unsigned number = 0;
	struct glossary glossary = { .path = xstrdup(source->path), .is_class = source->is_class };

	if (!file) {
		free(glossary.path);
		return;
	}
	if (encoding_decode(file->bytes, "UTF-8", false, &good, NULL))
		diag_add(diag, DIAG_WARNING, source->path, 0, "is not UTF-8 throughout: save it as UTF-8");
	text = arena_copy(&lexicon->arena, buf_slice(&good));
	buf_fini(&good);
	file_close(file);
	if (slice_begins(text, SLICE("\xEF\xBB\xBF")))
		text = slice_from(text, 3);
	glossary.name = base_name(slice_of(glossary.path));
	ARRAY_ADD(lexicon->glossary, lexicon->nglossary, lexicon->cap_glossary, glossary);
	for (rest = text; rest.s;) {
		struct slice line = slice_cut(&rest, '\n');

		number++;
		if (line.n && line.s[line.n - 1] == '\r')
			line.n--;
		if (line.n == 0)
			continue;
		if (line.s[0] == '#')
			take_header(&lexicon->glossary[lexicon->nglossary - 1], line);
		else
			take_line(lexicon, line, source->path, number, diag);
	}
}
