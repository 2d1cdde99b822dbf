#include "view/layout.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "text/utf8.h"
#include "text/width.h"
#include "view/surface.h"

#define LAYOUTS_MAX 1024 /* more than blocks on any screen */
#define SLOTS (4 * LAYOUTS_MAX)

struct layouts {
	struct layout *slot[SLOTS]; /* hash table on the block's start, open addressing */
	size_t n;
	struct breaker *breaker;
	unsigned char *kind; /* of the paragraph being set: enum break_kind */
	size_t cap_kind;
};

static const struct block_setting setting[] = {
	[BLOCK_PARAGRAPH] = { 0, 0, "", "", STYLE_TEXT },
	[BLOCK_HEADING] = { 0, 0, "", "", STYLE_HEADING },
	[BLOCK_QUOTATION] = { 4, 4, "  │", "  │", STYLE_QUOTATION },
	[BLOCK_ITEM] = { 4, 4, "", "", STYLE_TEXT },
	[BLOCK_NOTE] = { 0, 0, "", "", STYLE_NOTE },
	[BLOCK_TABLE] = { 2, 4, "", "", STYLE_TEXT },
	[BLOCK_FIGURE] = { 4, 4, "  ▣", "", STYLE_CAPTION },
	[BLOCK_CAPTION] = { 4, 4, "", "", STYLE_CAPTION },
	[BLOCK_CODE] = { 4, 6, "", "", STYLE_CODE },
	[BLOCK_VERSE] = { 4, 6, "", "", STYLE_QUOTATION },
};
_Static_assert(sizeof setting / sizeof *setting == BLOCK_KINDS, "a setting for each kind");

const struct block_setting *
block_setting(enum block_kind kind)
{
	return &setting[kind];
}

size_t
block_gap(const struct block *before, const struct block *after)
{
	if (!before)
		return 0;
	if (before->kind == after->kind && (after->kind == BLOCK_ITEM || after->kind == BLOCK_NOTE ||
					    after->kind == BLOCK_VERSE))
		return 0;
	if (before->kind == BLOCK_FIGURE && after->kind == BLOCK_CAPTION)
		return 0;
	return 1;
}

struct layouts *
layouts_new(void)
{
	struct layouts *layouts = xcalloc(1, sizeof *layouts);

	layouts->breaker = breaker_open();
	return layouts;
}

static void
layout_free(struct layout *layout)
{
	if (!layout)
		return;
	free(layout->line);
	free(layout->tab);
	free(layout);
}

void
layouts_clear(struct layouts *layouts)
{
	for (size_t i = 0; layouts->n && i < SLOTS; i++) {
		layout_free(layouts->slot[i]);
		layouts->slot[i] = NULL;
	}
	layouts->n = 0;
}

void
layouts_trim(struct layouts *layouts)
{
	if (layouts->n > LAYOUTS_MAX)
		layouts_clear(layouts);
}

void
layouts_free(struct layouts *layouts)
{
	if (!layouts)
		return;
	layouts_clear(layouts);
	breaker_close(layouts->breaker);
	free(layouts->kind);
	free(layouts);
}

/* One block on its way to lines. Offsets are relative to the block. */
struct setter {
	struct layout *layout;
	struct slice text;
	const unsigned char *kind;
	size_t base; /* of the block in the document */
	size_t cols, indent_first, indent_rest;
};

static bool
is_blank(uint32_t cp)
{
	return cp == ' ' || cp == '\t' || cp == '\r' || cp == '\n' || cp == 0x3000;
}

/* The range without blanks at its edges; `front` says whether those at the beginning go too. */
static struct range
trim_blanks(struct slice text, struct range at, bool front)
{
	uint32_t cp;

	while (at.end > at.start) {
		size_t prev = utf8_prev(text, at.end);

		utf8_decode(text, prev, &cp);
		if (!is_blank(cp))
			break;
		at.end = prev;
	}
	while (front && at.start < at.end) {
		size_t n = utf8_decode(text, at.start, &cp);

		if (!is_blank(cp))
			break;
		at.start += n;
	}
	return at;
}

static void
add_line(struct setter *setter, struct range at, bool keep_blanks)
{
	struct layout *layout = setter->layout;
	struct range shown = trim_blanks(setter->text, at, !keep_blanks);

	ARRAY_ADD(layout->line, layout->n, layout->cap,
		  (struct line){
		      .at = { setter->base + at.start, setter->base + at.end },
		      .shown = { setter->base + shown.start, setter->base + shown.end },
		      .indent = layout->n ? setter->indent_rest : setter->indent_first,
		  });
}

/*
 * End of the line that begins at start: as many clusters as fit, back to the last allowed
 * break, or wherever the width ends when there is none. Blanks hang over the edge.
 */
static size_t
find_line_end(const struct setter *setter, size_t start, size_t cols)
{
	size_t allowed = start, used = 0, off = start;
	bool leading = true;

	while (off < setter->text.n) {
		uint32_t cp;
		size_t n = utf8_decode(setter->text, off, &cp), width = text_width_of(text_visible(cp));

		if (is_blank(cp) && (leading || used >= cols))
			width = 0;
		else if (!is_blank(cp))
			leading = false;
		if (used + width > cols && off > start) {
			if (allowed > start)
				return allowed;
			while (off > start && setter->kind[off] == BREAK_INSIDE)
				off = utf8_prev(setter->text, off);
			if (off > start)
				return off;
			/* one cluster is wider than the line: it stays whole */
			off += utf8_decode(setter->text, off, &cp);
			while (off < setter->text.n && setter->kind[off] == BREAK_INSIDE)
				off++;
			return off;
		}
		used += width;
		off += n;
		if (off < setter->text.n && setter->kind[off] == BREAK_REQUIRED)
			return off;
		if (setter->kind[off] == BREAK_ALLOWED)
			allowed = off;
	}
	return off;
}

/* A last line of one character takes another one down to it. */
static void
mend_widow(struct setter *setter, size_t first)
{
	struct layout *layout = setter->layout;
	struct line *last, *before;
	size_t off;

	if (layout->n < first + 2)
		return;
	last = &layout->line[layout->n - 1];
	before = last - 1;
	if (text_width(slice_sub(setter->text, (struct range){ last->shown.start - setter->base,
							       last->shown.end - setter->base })) > 4 ||
	    utf8_length(slice_sub(setter->text,
				  (struct range){ last->shown.start - setter->base,
						  last->shown.end - setter->base })) > 2)
		return;
	for (off = last->at.start - setter->base - 1; off > before->at.start - setter->base; off--)
		if (setter->kind[off] == BREAK_ALLOWED)
			break;
	/* not where it would leave the line before it short, or make the last one long */
	if (off <= before->at.start - setter->base ||
	    text_width(slice_sub(setter->text,
				 (struct range){ off, last->at.start - setter->base })) > setter->cols / 4)
		return;
	before->at.end = before->shown.end = last->at.start = last->shown.start = setter->base + off;
	before->shown.end = setter->base +
		trim_blanks(setter->text, (struct range){ before->shown.start - setter->base, off },
			    false).end;
}

/* Sets the text from `start` to the next required break; returns where that is. */
static size_t
set_paragraph(struct setter *setter, size_t start, bool keep_blanks)
{
	size_t first = setter->layout->n, end;

	do {
		size_t indent = setter->layout->n ? setter->indent_rest : setter->indent_first;
		size_t cols = setter->cols > indent + 4 ? setter->cols - indent : 4;

		if (cols > setter->cols)
			cols = setter->cols ? setter->cols : 1;
		end = find_line_end(setter, start, cols);
		add_line(setter, (struct range){ start, end }, keep_blanks);
		start = end;
	} while (end < setter->text.n && setter->kind[end] != BREAK_REQUIRED);
	mend_widow(setter, first);
	return end;
}

/* Columns where the cells of a table begin, if the widest of each fit beside one another. */
static void
set_tabs(struct setter *setter, size_t cols)
{
	size_t width[32] = { 0 }, n = 0, at = setter->indent_first;
	struct slice rows = setter->text;

	while (rows.s) {
		struct slice cells = slice_cut(&rows, '\n');

		for (size_t i = 0; cells.s && i < 32; i++) {
			size_t w = text_width(slice_cut(&cells, '\t'));

			width[i] = w > width[i] ? w : width[i];
			n = i + 1 > n ? i + 1 : n;
		}
	}
	setter->layout->tab = xcalloc(n + 1, sizeof *setter->layout->tab);
	for (size_t i = 0; i < n; i++) {
		setter->layout->tab[i] = at;
		at += width[i] + 2;
	}
	setter->layout->ntab = n;
	if (at <= cols + 2)
		return;
	free(setter->layout->tab);
	setter->layout->tab = NULL;
}

/* Does a title begin with a number of its own? */
static bool
is_numbered(struct slice title)
{
	static const char *const begin[] = { "第", "（", "(", "一", "二", "三", "四", "五", "六",
					     "七", "八", "九", "十" };

	for (size_t i = 0; i < sizeof begin / sizeof *begin; i++)
		if (slice_begins(title, slice_of(begin[i])))
			return true;
	return title.n && title.s[0] >= '0' && title.s[0] <= '9';
}

/* What stands in the indent of the first line: "2.1", "3.", "•". */
static void
set_label(struct layout *layout, const struct document *doc, const struct block *block)
{
	size_t section;

	if (block->kind == BLOCK_ITEM && block->ordinal)
		snprintf(layout->label, sizeof layout->label, "%u.", block->ordinal);
	else if (block->kind == BLOCK_ITEM)
		snprintf(layout->label, sizeof layout->label, "•");
	if (block->kind != BLOCK_HEADING || is_numbered(slice_sub(doc->text, block->at)))
		return;
	section = document_find_section(doc, block->at.start);
	if (section != NO_SECTION && doc->section[section].title.start == block->at.start)
		snprintf(layout->label, sizeof layout->label, "%s",
			 document_section_number(doc, section).text);
}

static struct layout *
layout_new(struct layouts *layouts, const struct document *doc, const struct block *block,
	   size_t cols)
{
	const struct block_setting *set = &setting[block->kind];
	struct layout *layout = xcalloc(1, sizeof *layout);
	size_t nesting = block->kind == BLOCK_ITEM && block->level > 1 ? 4 * (block->level - 1u) : 0;
	struct setter setter = { .layout = layout,
				 .text = slice_sub(doc->text, block->at),
				 .base = block->at.start,
				 .cols = cols ? cols : 1 };
	bool narrow = cols < 24; /* no room for ornaments */
	size_t off = 0;

	layouts->kind = array_grow(layouts->kind, &layouts->cap_kind, setter.text.n + 1, 1);
	breaker_find(layouts->breaker, setter.text, layouts->kind);
	setter.kind = layouts->kind;
	setter.indent_first = narrow ? 0 : set->indent_first + nesting;
	setter.indent_rest = narrow ? 0 : set->indent_rest + nesting;
	layout->start = block->at.start;
	if (!narrow)
		set_label(layout, doc, block);
	if (block->kind == BLOCK_HEADING && layout->label[0])
		setter.indent_first = setter.indent_rest = strlen(layout->label) + 1;
	if (block->kind == BLOCK_TABLE)
		set_tabs(&setter, cols);
	do {
		if (block->kind == BLOCK_TABLE && layout->tab) {
			const char *end = memchr(setter.text.s + off, '\n', setter.text.n - off);
			size_t next = end ? (size_t)(end - setter.text.s) + 1 : setter.text.n;

			add_line(&setter, (struct range){ off, next }, true);
			layout->line[layout->n - 1].indent = setter.indent_first;
			off = next;
		} else {
			off = set_paragraph(&setter, off, block->kind == BLOCK_CODE);
		}
	} while (off < setter.text.n);
	return layout;
}

const struct layout *
layouts_get(struct layouts *layouts, const struct document *doc, const struct block *block,
	    size_t cols)
{
	size_t i = (block->at.start * 2654435761u >> 7) % SLOTS;

	while (layouts->slot[i]) {
		if (layouts->slot[i]->start == block->at.start)
			return layouts->slot[i];
		i = (i + 1) % SLOTS;
	}
	layouts->slot[i] = layout_new(layouts, doc, block, cols);
	layouts->n++;
	return layouts->slot[i];
}

size_t
layout_find_line(const struct layout *layout, size_t off)
{
	size_t i = layout->n ? layout->n - 1 : 0;

	while (i > 0 && layout->line[i].at.start > off)
		i--;
	return i;
}
