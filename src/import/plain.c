/* Plain text: the mapped bytes are the document text; blocks are its lines. */
#include <stdlib.h>

#include "import/internal.h"
#include "text/utf8.h"

#define PIECE (64u * 1024)

struct plain {
	char *decoded;		   /* own text when the file is in another encoding */
	struct verdicts headings;  /* of the whole text, when complete */
	struct import_options options;
	struct correction *correction;
	bool complete;
};

/*
 * Piece i begins after the first line end at or after i * PIECE; where there is none for a whole
 * piece, in the middle of a line, at a character.
 */
static size_t
piece_start(const struct document *doc, size_t piece)
{
	size_t off = piece * PIECE, room;
	const char *end;

	if (piece == 0)
		return 0;
	if (piece >= doc->npiece || off >= doc->text.n)
		return doc->text.n;
	room = doc->text.n - off < PIECE ? doc->text.n - off : PIECE;
	end = memchr(doc->text.s + off, '\n', room);
	if (end)
		return (size_t)(end - doc->text.s) + 1;
	while (off < doc->text.n && ((unsigned char)doc->text.s[off] & 0xC0) == 0x80)
		off++;
	return off;
}

/* A heading that the whole text was found to have at this place, or NULL. */
static const struct line_verdict *
find_heading(const struct plain *plain, size_t off)
{
	size_t low = 0, high = plain->headings.n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (plain->headings.line[middle].at.start < off)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < plain->headings.n && plain->headings.line[low].at.start == off)
		return &plain->headings.line[low];
	return NULL;
}

/* Blocks of a piece: kinds by its own lines, headings by the whole text's outline if there is one. */
static void
piece_build(const struct document *doc, size_t index, struct piece *piece)
{
	const struct plain *plain = doc->source;
	struct verdicts verdicts = { 0 };
	size_t done = 0;

	(void)index;
	headings_find(doc->text, piece->at, &plain->options, &verdicts);
	for (size_t i = 0; i < verdicts.n; i++) {
		struct line_verdict v = verdicts.line[i];
		const struct line_verdict *heading = plain->complete ? find_heading(plain, v.at.start) : NULL;

		if (v.at.start < done)
			continue; /* second line of a heading */
		if (heading)
			v.at = heading->at, v.kind = heading->kind, v.level = heading->level;
		else if (plain->complete && v.kind == BLOCK_HEADING)
			v.kind = BLOCK_PARAGRAPH, v.level = 0;
		done = v.at.end;
		piece_add_block(piece, (struct block){ v.at, v.line, v.kind, v.level, v.ordinal });
	}
	free(verdicts.line);
}

static void
plain_free(void *source)
{
	struct plain *plain = source;

	free(plain->decoded);
	free(plain->headings.line);
	free(plain->correction);
	free((char *)plain->options.heading);
	free(plain);
}

/* The outline of the whole text; level 0 is the title. */
static void
find_sections(struct document *doc, struct plain *plain)
{
	struct verdicts all = { 0 };
	struct heading *heading;
	size_t n = 0;

	headings_find(doc->text, (struct range){ 0, doc->text.n }, &plain->options, &all);
	heading = xcalloc(all.n, sizeof *heading);
	for (size_t i = 0; i < all.n; i++) {
		if (all.line[i].kind != BLOCK_HEADING)
			continue;
		ARRAY_ADD(plain->headings.line, plain->headings.n, plain->headings.cap, all.line[i]);
		if (all.line[i].level == 0)
			doc->meta.title = arena_copy(&doc->arena, slice_sub(doc->text, all.line[i].at));
		else
			heading[n++] = (struct heading){ all.line[i].at, all.line[i].line,
							 all.line[i].level };
	}
	document_set_sections(doc, heading, n);
	plain->complete = true;
	doc->complete = true;
	doc->meta.replaced += utf8_count_bad(doc->text);
	free(heading);
	free(all.line);
}

/* The text: the mapped bytes, or what they decode to; of a long file at first only a part. */
static void
take_text(struct document *doc, struct plain *plain, struct slice bytes, bool is_glance)
{
	struct buf out = { 0 };

	if (strcmp(doc->meta.encoding, "UTF-8") == 0) {
		doc->text = bytes;
		return;
	}
	if (is_glance)
		bytes = slice_sub(bytes, (struct range){ 0, PIECE });
	doc->meta.replaced = encoding_decode(bytes, doc->meta.encoding, is_glance, &out, NULL);
	while (is_glance && out.n && out.s[out.n - 1] != '\n') /* whole lines only, if there are any */
		if (!memchr(out.s, '\n', out.n))
			break;
		else
			out.n--;
	doc->text.n = out.n;
	doc->text.s = plain->decoded = buf_take(&out);
}

bool
plain_open(struct document *doc, const struct file *file, const struct import_options *options,
	   enum import_extent extent, struct diag *diag)
{
	struct plain *plain = xcalloc(1, sizeof *plain);
	struct encoding found = encoding_detect(slice_sub(file->bytes, (struct range){ 0, PIECE }));
	bool is_glance = extent == IMPORT_GLANCE && file->bytes.n > IMPORT_SMALL;

	(void)diag;
	plain->options = *options;
	plain->options.heading = options->heading ? xstrdup(options->heading) : NULL;
	plain->correction = xcalloc(options->ncorrection, sizeof *plain->correction);
	if (options->ncorrection)
		memcpy(plain->correction, options->correction,
		       options->ncorrection * sizeof *plain->correction);
	plain->options.correction = plain->correction;
	doc->source = plain;
	doc->source_free = plain_free;
	doc->piece_start = piece_start;
	doc->piece_build = piece_build;
	doc->meta.format = "text";
	take_text(doc, plain, slice_from(file->bytes, found.bom), is_glance);
	doc->npiece = (doc->text.n + PIECE - 1) / PIECE;
	doc->piece = xcalloc(doc->npiece, sizeof(struct piece *));
	if (!is_glance)
		find_sections(doc, plain);
	return true;
}
