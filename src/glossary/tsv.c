#include <stdlib.h>

#include "base/buf.h"
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
	struct slice rest = slice_trim(slice_from(line, 1));
	struct slice key = slice_trim(slice_cut(&rest, ':'));

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

	for (size_t i = 0; i < COLUMNS; i++)
		column[i] = SLICE("");
	for (size_t i = 0; i < COLUMNS && rest.s; i++)
		column[i] = slice_trim(slice_cut(&rest, '\t'));
	if (!memchr(line.s, '\t', line.n)) {
		diag_add(diag, DIAG_WARNING, path, number,
			 "no tab: a line is term, tab, English; left out");
		return;
	}
	term = make_term(lexicon, column);
	if (term.headword.n == 0 || term.nenglish == 0) {
		diag_add(diag, DIAG_WARNING, path, number, "%s is empty; the line is left out",
			 term.headword.n ? "the English" : "the term");
		return;
	}
	term.glossary = (uint32_t)lexicon->nglossary - 1;
	term.line = number;
	ARRAY_ADD(lexicon->term, lexicon->nterm, lexicon->cap_term, term);
}

/*
 * The coding of a file: its byte order mark, else what the magic comment of line 1 names
 * (-*- coding: big5 -*-), else UTF-8. Sets *skip to the bytes of the mark.
 */
static const char *
find_coding(struct slice bytes, const char *path, size_t *skip, struct diag *diag)
{
	struct encoding detected = encoding_detect(slice_sub(bytes, (struct range){ 0, 4096 }));
	struct slice line = slice_cut(&bytes, '\n');
	size_t at = slice_find(line, SLICE("coding:"), 0);
	const char *name;
	char *word;

	*skip = detected.bom;
	if (detected.bom)
		return detected.name;
	if (line.n == 0 || line.s[0] != '#' || at == NOWHERE)
		return "UTF-8";
	line = slice_trim(slice_from(line, at + strlen("coding:")));
	word = xstrcopy(slice_trim(slice_cut(&line, ' ')));
	name = encoding_find(word);
	if (!name)
		diag_add(diag, DIAG_WARNING, path, 1, "no such coding: %s; read as UTF-8", word);
	free(word);
	return name ? name : "UTF-8";
}

/* The decoded file, in the lexicon's memory. `*bad` is how much of it could not be decoded. */
static struct slice
read_text(struct lexicon *lexicon, const char *path, struct diag *diag, size_t *bad)
{
	struct file *file = file_open(path, diag);
	struct slice text = { NULL, 0 };
	struct buf good = { 0 };
	const char *coding;
	size_t skip;

	if (!file)
		return text;
	coding = find_coding(file->bytes, path, &skip, diag);
	*bad = encoding_decode(slice_from(file->bytes, skip), coding, false, &good, NULL);
	text = arena_copy(&lexicon->arena, buf_slice(&good));
	buf_fini(&good);
	file_close(file);
	return text;
}

void
tsv_load(struct lexicon *lexicon, const struct lexicon_source *source, struct diag *diag)
{
	struct glossary glossary = { .is_class = source->is_class };
	size_t bad = 0;
	struct slice rest = read_text(lexicon, source->path, diag, &bad);

	if (!rest.s)
		return;
	glossary.path = xstrdup(source->path);
	glossary.name = base_name(slice_of(glossary.path));
	glossary.title = glossary.licence = glossary.version = SLICE("");
	ARRAY_ADD(lexicon->glossary, lexicon->nglossary, lexicon->cap_glossary, glossary);
	for (unsigned number = 1; rest.s; number++) {
		struct slice line = slice_cut(&rest, '\n');

		/* only where decoding failed does U+FFFD say so */
		if (bad && slice_find(line, SLICE("\xEF\xBF\xBD"), 0) != NOWHERE)
			diag_add(diag, DIAG_WARNING, source->path, number,
				 "has bytes of another coding: save the file as UTF-8");
		line = line.n && line.s[line.n - 1] == '\r' ? (struct slice){ line.s, line.n - 1 } : line;
		if (slice_trim(line).n == 0)
			continue;
		if (line.s[0] == '#')
			take_header(&lexicon->glossary[lexicon->nglossary - 1], line);
		else
			take_line(lexicon, line, source->path, number, diag);
	}
}
