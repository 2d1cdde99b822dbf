#include "document/document.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"

static const char *const kind_name[] = {
	[BLOCK_PARAGRAPH] = "paragraph", [BLOCK_HEADING] = "heading",
	[BLOCK_QUOTATION] = "quotation", [BLOCK_ITEM] = "item",
	[BLOCK_NOTE] = "note",		 [BLOCK_TABLE] = "table",
	[BLOCK_FIGURE] = "figure",	 [BLOCK_CAPTION] = "caption",
	[BLOCK_CODE] = "code",		 [BLOCK_VERSE] = "verse",
};
_Static_assert(sizeof kind_name / sizeof *kind_name == BLOCK_KINDS, "a name for each kind");

static const char *const span_name[] = {
	[SPAN_EMPHASIS] = "emphasis", [SPAN_STRONG] = "strong",	  [SPAN_CODE] = "code",
	[SPAN_LINK] = "link",	      [SPAN_DELETED] = "deleted",
};
_Static_assert(sizeof span_name / sizeof *span_name == SPAN_KINDS, "a name for each kind");

const char *
block_kind_name(enum block_kind kind)
{
	return kind_name[kind];
}

struct document *
document_new(void)
{
	return xcalloc(1, sizeof(struct document));
}

void
document_free(struct document *doc)
{
	if (!doc)
		return;
	for (size_t i = 0; doc->piece && i < doc->npiece; i++) {
		if (!doc->piece[i])
			continue;
		free(doc->piece[i]->block);
		free(doc->piece[i]->span);
		free(doc->piece[i]);
	}
	free(doc->piece);
	free(doc->section);
	if (doc->source_free)
		doc->source_free(doc->source);
	arena_fini(&doc->arena);
	free(doc);
}

/*
 * The section that a new heading of `level` lies in: up from the last one while that is not of
 * a higher rank.
 */
static size_t
find_parent(const struct document *doc, const unsigned *given, unsigned level)
{
	size_t at = doc->nsection ? doc->nsection - 1 : NO_SECTION;

	while (at != NO_SECTION && given[at] >= level)
		at = doc->section[at].parent;
	return at;
}

/* The section before this one that has the same parent, or NO_SECTION. */
static size_t
find_sibling(const struct document *doc, size_t parent)
{
	size_t at = doc->nsection ? doc->nsection - 1 : NO_SECTION;

	while (at != NO_SECTION && at != parent && doc->section[at].parent != parent)
		at = doc->section[at].parent;
	return at == parent ? NO_SECTION : at;
}

static void
close_sections(struct document *doc, size_t from, size_t parent, size_t end)
{
	while (from != NO_SECTION && from != parent) {
		doc->section[from].at.end = end;
		from = doc->section[from].parent;
	}
}

void
document_set_sections(struct document *doc, const struct heading *heading, size_t n)
{
	unsigned *given = xcalloc(n, sizeof *given);

	free(doc->section);
	doc->section = xcalloc(n, sizeof *doc->section);
	doc->nsection = 0;
	for (size_t i = 0; i < n; i++) {
		const struct heading *h = &heading[i];
		size_t parent = find_parent(doc, given, h->level);
		size_t sibling = find_sibling(doc, parent);
		size_t last = doc->nsection ? doc->nsection - 1 : NO_SECTION;

		close_sections(doc, last, parent, h->at.start);
		given[i] = h->level;
		doc->section[i] = (struct section){
			.at = { h->at.start, doc->text.n },
			.title = h->at,
			.line = h->line,
			.level = parent == NO_SECTION ? 1 : doc->section[parent].level + 1,
			.number = sibling == NO_SECTION ? 1 : doc->section[sibling].number + 1,
			.parent = parent,
		};
		doc->nsection++;
	}
	free(given);
}

void
piece_add_block(struct piece *piece, struct block block)
{
	ARRAY_ADD(piece->block, piece->nblock, piece->cap_block, block);
}

void
piece_add_span(struct piece *piece, struct span span)
{
	ARRAY_ADD(piece->span, piece->nspan, piece->cap_span, span);
}

static const struct piece *
build_piece(struct document *doc, size_t i)
{
	struct piece *piece;

	if (doc->piece[i])
		return doc->piece[i];
	piece = xcalloc(1, sizeof *piece);
	piece->at.start = doc->piece_start(doc, i);
	piece->at.end = doc->piece_start(doc, i + 1);
	doc->piece_build(doc, i, piece);
	doc->piece[i] = piece;
	return piece;
}

/* Index of the piece that holds off. */
static size_t
piece_index(const struct document *doc, size_t off)
{
	size_t low = 0, high = doc->npiece;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (doc->piece_start(doc, middle) <= off)
			low = middle;
		else
			high = middle;
	}
	return low;
}

const struct piece *
document_find_piece(struct document *doc, size_t off)
{
	return doc->npiece ? build_piece(doc, piece_index(doc, off)) : NULL;
}

/* The first block at or after index `b` of piece `p`. */
static struct block_at
seek_forward(struct document *doc, size_t p, size_t b)
{
	for (; p < doc->npiece; p++, b = 0) {
		const struct piece *piece = build_piece(doc, p);

		if (b < piece->nblock)
			return (struct block_at){ &piece->block[b], piece, b };
	}
	return (struct block_at){ 0 };
}

static struct block_at
seek_back(struct document *doc, size_t p)
{
	for (;; p--) {
		const struct piece *piece = build_piece(doc, p);

		if (piece->nblock) {
			size_t b = piece->nblock - 1;

			return (struct block_at){ &piece->block[b], piece, b };
		}
		if (p == 0)
			return (struct block_at){ 0 };
	}
}

struct block_at
document_find_block(struct document *doc, size_t off)
{
	size_t p, low = 0, high;
	const struct piece *piece;
	struct block_at found;

	if (doc->npiece == 0)
		return (struct block_at){ 0 };
	p = piece_index(doc, off);
	piece = build_piece(doc, p);
	high = piece->nblock;
	while (low < high) { /* the first block that ends after off */
		size_t middle = low + (high - low) / 2;

		if (piece->block[middle].at.end > off)
			high = middle;
		else
			low = middle + 1;
	}
	/* at a line end the place is still its line's */
	if (low > 0 && piece->block[low - 1].at.end == off)
		low--;
	found = seek_forward(doc, p, low);
	return found.block ? found : seek_back(doc, doc->npiece - 1);
}

struct block_at
document_next_block(struct document *doc, struct block_at from)
{
	if (!from.block)
		return from;
	if (from.index + 1 < from.piece->nblock)
		return (struct block_at){ from.block + 1, from.piece, from.index + 1 };
	return seek_forward(doc, piece_index(doc, from.piece->at.start) + 1, 0);
}

struct block_at
document_prev_block(struct document *doc, struct block_at from)
{
	size_t p;

	if (!from.block)
		return from;
	if (from.index > 0)
		return (struct block_at){ from.block - 1, from.piece, from.index - 1 };
	p = piece_index(doc, from.piece->at.start);
	return p ? seek_back(doc, p - 1) : (struct block_at){ 0 };
}

size_t
document_find_section(const struct document *doc, size_t off)
{
	size_t low = 0, high = doc->nsection;

	while (low < high) { /* the first section that begins after off */
		size_t middle = low + (high - low) / 2;

		if (doc->section[middle].at.start > off)
			high = middle;
		else
			low = middle + 1;
	}
	return low ? low - 1 : NO_SECTION; /* the last to begin is the innermost */
}

struct section_number
document_section_number(const struct document *doc, size_t section)
{
	struct section_number number = { "" };
	unsigned part[16];
	size_t n = 0, used = 0;

	for (; section != NO_SECTION && n < 16; section = doc->section[section].parent)
		part[n++] = doc->section[section].number;
	while (n-- > 0 && used < sizeof number.text - 12)
		used += (size_t)snprintf(number.text + used, sizeof number.text - used, "%s%u",
					 used ? "." : "", part[n]);
	return number;
}

size_t
document_find_number(const struct document *doc, struct slice number)
{
	for (size_t i = 0; i < doc->nsection; i++)
		if (slice_is(number, document_section_number(doc, i).text))
			return i;
	return NO_SECTION;
}

/* Does a line join the next one with a space? Only Latin to Latin does. */
static bool
is_joined_by_space(struct slice text, struct slice next)
{
	return text.n && next.n && (unsigned char)text.s[text.n - 1] < 0x80 &&
	       (unsigned char)next.s[0] < 0x80;
}

struct slice
document_section_title(const struct document *doc, size_t section, struct arena *arena)
{
	struct slice rest = slice_sub(doc->text, doc->section[section].title), title;
	struct buf joined = { 0 };

	while (rest.s) {
		struct slice line = slice_trim(slice_cut(&rest, '\n'));

		if (is_joined_by_space(buf_slice(&joined), line))
			buf_add_byte(&joined, ' ');
		buf_add(&joined, line);
	}
	title = arena_copy(arena, buf_slice(&joined));
	buf_fini(&joined);
	return title;
}

static size_t
count_lines(struct slice text, struct range at)
{
	struct slice part = slice_sub(text, at);
	const char *end = part.s + part.n, *s = part.s;
	size_t n = 0;

	while (s < end && (s = memchr(s, '\n', (size_t)(end - s)))) {
		s++;
		n++;
	}
	return n;
}

size_t
document_find_line(struct document *doc, size_t off)
{
	struct block_at at;

	if (doc->npiece > 1) /* plain text: its lines are the source's */
		return count_lines(doc->text, (struct range){ 0, off }) + 1;
	at = document_find_block(doc, off);
	if (!at.block)
		return 1;
	return at.block->line +
	       (off > at.block->at.start ?
			count_lines(doc->text, (struct range){ at.block->at.start, off }) : 0);
}

static void
dump_block(struct document *doc, struct block_at at, struct buf *out)
{
	const struct block *b = at.block;

	buf_printf(out, "%zu-%zu line %zu %s", b->at.start, b->at.end,
		   document_find_line(doc, b->at.start), kind_name[b->kind]);
	if (b->level)
		buf_printf(out, " level %u", b->level);
	if (b->ordinal)
		buf_printf(out, " ordinal %u", b->ordinal);
	buf_add_text(out, ": ");
	for (size_t i = b->at.start; i < b->at.end; i++) {
		if (doc->text.s[i] == '\n')
			buf_add_text(out, "\\n");
		else if (doc->text.s[i] == '\t')
			buf_add_text(out, "\\t");
		else
			buf_add_byte(out, doc->text.s[i]);
	}
	buf_add_byte(out, '\n');
}

void
document_dump(struct document *doc, struct buf *out)
{
	struct arena arena = { 0 };

	for (struct block_at at = document_find_block(doc, 0); at.block;
	     at = document_next_block(doc, at))
		dump_block(doc, at, out);
	for (size_t p = 0; p < doc->npiece; p++) {
		const struct piece *piece = build_piece(doc, p);

		for (size_t i = 0; i < piece->nspan; i++)
			buf_printf(out, "span %zu-%zu %s\n", piece->span[i].at.start,
				   piece->span[i].at.end, span_name[piece->span[i].kind]);
	}
	for (size_t i = 0; i < doc->nsection; i++) {
		const struct section *s = &doc->section[i];
		struct slice title = document_section_title(doc, i, &arena);

		buf_printf(out, "section %s %zu-%zu line %u: %.*s\n",
			   document_section_number(doc, i).text, s->at.start, s->at.end, s->line,
			   (int)title.n, title.s);
	}
	arena_fini(&arena);
}
