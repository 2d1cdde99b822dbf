/* Markdown by md4c: running text without markup, a block a line group, in one piece. */
#include <md4c.h>
#include <stdlib.h>
#include <strings.h>

#include "import/internal.h"
#include "text/utf8.h"

#define NESTING 32

struct markdown {
	struct buf text;
	struct slice source; /* for line numbers */
	size_t seen;	     /* bytes of the source before the text last heard of */
	uint32_t line;
	struct block *block;
	size_t nblock, cap_block;
	struct span *span;
	size_t nspan, cap_span;
	struct heading *heading;
	size_t nheading, cap_heading;
	bool is_open; /* a block is being filled: the last one */
	struct {
		bool ordered;
		unsigned next;
	} list[NESTING];
	unsigned lists, quotes;
	bool item_waits; /* the next block is the first of an item */
	bool row_waits;	 /* the next cell is the first of its row */
	size_t open_span[NESTING];
	unsigned spans;
};

/* The line of a piece of text that md4c hands out as a pointer into its input. */
static void
take_line(struct markdown *m, const char *s)
{
	size_t off;

	if (s < m->source.s || s > m->source.s + m->source.n)
		return;
	off = (size_t)(s - m->source.s);
	for (; m->seen < off; m->seen++)
		m->line += m->source.s[m->seen] == '\n';
}

static void
open_block(struct markdown *m, enum block_kind kind, unsigned level)
{
	struct block block = { .kind = (uint8_t)kind, .level = (uint8_t)level };

	if (m->is_open)
		return;
	if (m->text.n)
		buf_add_byte(&m->text, '\n');
	if (kind == BLOCK_PARAGRAPH && m->item_waits && m->lists) {
		block.kind = BLOCK_ITEM;
		block.level = (uint8_t)m->lists;
		if (m->list[m->lists - 1].ordered)
			block.ordinal = (uint16_t)m->list[m->lists - 1].next++;
		m->item_waits = false;
	} else if (kind == BLOCK_PARAGRAPH && m->quotes) {
		block.kind = BLOCK_QUOTATION;
	}
	block.at.start = m->text.n;
	ARRAY_ADD(m->block, m->nblock, m->cap_block, block);
	m->is_open = true;
}

static void
close_block(struct markdown *m)
{
	struct block *block;

	if (!m->is_open)
		return;
	block = &m->block[m->nblock - 1];
	while (m->text.n > block->at.start && (m->text.s[m->text.n - 1] == '\n'))
		m->text.n--;
	block->at.end = m->text.n;
	m->is_open = false;
	if (block->at.end == block->at.start) { /* nothing in it */
		m->nblock--;
		if (m->text.n && m->nblock)
			m->text.n--;
		return;
	}
	if (block->kind == BLOCK_HEADING)
		ARRAY_ADD(m->heading, m->nheading, m->cap_heading,
			  (struct heading){ block->at, block->line, block->level });
}

static int
enter_block(MD_BLOCKTYPE type, void *detail, void *data)
{
	struct markdown *m = data;

	switch (type) {
	case MD_BLOCK_QUOTE:
		m->quotes++;
		break;
	case MD_BLOCK_UL:
	case MD_BLOCK_OL:
		close_block(m);
		if (m->lists == NESTING)
			return 1;
		m->list[m->lists].ordered = type == MD_BLOCK_OL;
		m->list[m->lists++].next = type == MD_BLOCK_OL ? ((MD_BLOCK_OL_DETAIL *)detail)->start : 0;
		break;
	case MD_BLOCK_LI:
		close_block(m);
		m->item_waits = true;
		break;
	case MD_BLOCK_H:
		open_block(m, BLOCK_HEADING, ((MD_BLOCK_H_DETAIL *)detail)->level);
		break;
	case MD_BLOCK_CODE:
		open_block(m, BLOCK_CODE, 0);
		break;
	case MD_BLOCK_P:
		open_block(m, BLOCK_PARAGRAPH, 0);
		break;
	case MD_BLOCK_TABLE:
		open_block(m, BLOCK_TABLE, 0);
		break;
	case MD_BLOCK_TR:
		if (m->is_open && m->text.n > m->block[m->nblock - 1].at.start)
			buf_add_byte(&m->text, '\n');
		m->row_waits = true;
		break;
	case MD_BLOCK_TH:
	case MD_BLOCK_TD:
		if (!m->row_waits)
			buf_add_byte(&m->text, '\t');
		m->row_waits = false;
		break;
	default:
		break;
	}
	return 0;
}

static int
leave_block(MD_BLOCKTYPE type, void *detail, void *data)
{
	struct markdown *m = data;

	(void)detail;
	switch (type) {
	case MD_BLOCK_QUOTE:
		m->quotes--;
		break;
	case MD_BLOCK_UL:
	case MD_BLOCK_OL:
		close_block(m);
		m->lists--;
		break;
	case MD_BLOCK_LI:
	case MD_BLOCK_H:
	case MD_BLOCK_CODE:
	case MD_BLOCK_P:
	case MD_BLOCK_TABLE:
		close_block(m);
		break;
	default:
		break;
	}
	return 0;
}

static const struct {
	MD_SPANTYPE type;
	enum span_kind kind;
} span_kinds[] = {
	{ MD_SPAN_EM, SPAN_EMPHASIS }, { MD_SPAN_STRONG, SPAN_STRONG }, { MD_SPAN_CODE, SPAN_CODE },
	{ MD_SPAN_A, SPAN_LINK },      { MD_SPAN_DEL, SPAN_DELETED },
};

static int
enter_span(MD_SPANTYPE type, void *detail, void *data)
{
	struct markdown *m = data;
	struct span span = { .at = { m->text.n, m->text.n }, .kind = SPAN_KINDS };

	(void)detail;
	if (m->lists && !m->is_open)
		open_block(m, BLOCK_PARAGRAPH, 0); /* a tight item has no paragraph of its own */
	span.at.start = m->text.n;
	for (size_t i = 0; i < sizeof span_kinds / sizeof *span_kinds; i++)
		if (span_kinds[i].type == type)
			span.kind = span_kinds[i].kind;
	if (type == MD_SPAN_IMG && m->is_open && m->block[m->nblock - 1].at.start == m->text.n)
		m->block[m->nblock - 1].kind = BLOCK_FIGURE;
	if (m->spans == NESTING)
		return 1;
	m->open_span[m->spans++] = m->nspan;
	ARRAY_ADD(m->span, m->nspan, m->cap_span, span);
	return 0;
}

static int
leave_span(MD_SPANTYPE type, void *detail, void *data)
{
	struct markdown *m = data;

	(void)type;
	(void)detail;
	m->span[m->open_span[--m->spans]].at.end = m->text.n;
	return 0;
}

/* The character of "&amp;" or "&#8212;"; what is no known entity stays as it is. */
static void
add_entity(struct markdown *m, struct slice entity)
{
	static const struct {
		const char *name;
		uint32_t cp;
	} known[] = {
		{ "&amp;", '&' },	{ "&lt;", '<' },	{ "&gt;", '>' },
		{ "&quot;", '"' },	{ "&nbsp;", 0xA0 },	{ "&mdash;", 0x2014 },
		{ "&hellip;", 0x2026 }, { "&middot;", 0xB7 },	{ "&copy;", 0xA9 },
		{ "&ldquo;", 0x201C },	{ "&rdquo;", 0x201D },	{ "&apos;", '\'' },
	};
	char bytes[4];
	unsigned long cp = 0;

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (slice_is(entity, known[i].name))
			cp = known[i].cp;
	if (cp == 0 && entity.n > 3 && entity.s[1] == '#') {
		bool hex = entity.s[2] == 'x' || entity.s[2] == 'X';

		cp = strtoul(entity.s + (hex ? 3 : 2), NULL, hex ? 16 : 10);
		cp = cp > 0x10FFFF || cp == 0 ? UTF8_REPLACEMENT : cp;
	}
	if (cp)
		buf_add(&m->text, (struct slice){ bytes, utf8_encode((uint32_t)cp, bytes) });
	else
		buf_add(&m->text, entity);
}

static int
add_text(MD_TEXTTYPE type, const MD_CHAR *s, MD_SIZE n, void *data)
{
	struct markdown *m = data;
	struct slice text = { s, n };

	if (type == MD_TEXT_HTML)
		return 0;
	take_line(m, s);
	if (!m->is_open) /* a tight item has no paragraph of its own */
		open_block(m, BLOCK_PARAGRAPH, 0);
	if (m->block[m->nblock - 1].line == 0)
		m->block[m->nblock - 1].line = m->line;
	if (type == MD_TEXT_NULLCHAR)
		buf_add_text(&m->text, "\xEF\xBF\xBD");
	else if (type == MD_TEXT_BR || type == MD_TEXT_SOFTBR)
		buf_add_byte(&m->text, '\n');
	else if (type == MD_TEXT_ENTITY)
		add_entity(m, text);
	else
		buf_add(&m->text, text);
	return 0;
}

static size_t
piece_start(const struct document *doc, size_t piece)
{
	return piece == 0 ? 0 : doc->text.n;
}

static void
piece_build(const struct document *doc, size_t index, struct piece *piece)
{
	const struct markdown *m = doc->source;

	(void)index;
	for (size_t i = 0; i < m->nblock; i++)
		piece_add_block(piece, m->block[i]);
	for (size_t i = 0; i < m->nspan; i++)
		if (m->span[i].kind != SPAN_KINDS)
			piece_add_span(piece, m->span[i]);
}

static void
markdown_free(void *source)
{
	struct markdown *m = source;

	buf_fini(&m->text);
	free(m->block);
	free(m->span);
	free(m->heading);
	free(m);
}

bool
markdown_open(struct document *doc, const struct file *file, const struct import_options *options,
	      enum import_extent extent, struct diag *diag)
{
	static const MD_PARSER parser = {
		.flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_NOHTML,
		.enter_block = enter_block,
		.leave_block = leave_block,
		.enter_span = enter_span,
		.leave_span = leave_span,
		.text = add_text,
	};
	struct markdown *m = xcalloc(1, sizeof *m);
	struct encoding found = encoding_detect(slice_sub(file->bytes, (struct range){ 0, 65536 }));
	struct buf source = { 0 };
	size_t skip;

	(void)extent;
	(void)options;
	doc->source = m;
	doc->source_free = markdown_free;
	doc->meta.format = "markdown";
	doc->meta.replaced = encoding_decode(slice_from(file->bytes, found.bom), doc->meta.encoding,
					     false, &source, NULL);
	skip = frontmatter_read(buf_slice(&source), doc);
	m->source = buf_slice(&source);
	m->line = 1;
	if (m->source.n - skip > UINT32_MAX / 2 ||
	    md_parse(m->source.s + skip, (MD_SIZE)(m->source.n - skip), &parser, m) != 0) {
		diag_add(diag, DIAG_ERROR, file->path, 0,
			 "is not Markdown that can be read: too long, or nested too deeply");
		buf_fini(&source);
		return false;
	}
	close_block(m);
	if (m->text.n)
		buf_add_byte(&m->text, '\n');
	buf_fini(&source);
	doc->text = buf_slice(&m->text);
	doc->npiece = doc->text.n ? 1 : 0;
	doc->piece = xcalloc(1, sizeof(struct piece *));
	doc->piece_start = piece_start;
	doc->piece_build = piece_build;
	document_set_sections(doc, m->heading, m->nheading);
	doc->complete = true;
	return true;
}
