#include "view/textpane.h"

#include <stdlib.h>

#include "base/memory.h"
#include "text/utf8.h"
#include "text/width.h"

void
text_pane_init(struct text_pane *pane, struct document *doc)
{
	*pane = (struct text_pane){ .doc = doc, .layouts = layouts_new(), .rows = 1, .cols = 1 };
}

void
text_pane_fini(struct text_pane *pane)
{
	layouts_free(pane->layouts);
	free(pane->row);
	*pane = (struct text_pane){ 0 };
}

void
text_pane_set(struct text_pane *pane, struct document *doc, size_t rows, size_t cols)
{
	if (doc != pane->doc || cols != pane->cols)
		layouts_clear(pane->layouts);
	pane->doc = doc;
	pane->rows = rows ? rows : 1;
	pane->cols = cols ? cols : 1;
	pane->nrow = 0;
}

static long
gap_above(struct text_pane *pane, struct block_at at)
{
	return (long)block_gap(document_prev_block(pane->doc, at).block, at.block);
}

static struct text_row
row_of_block(struct text_pane *pane, struct block_at at, long line)
{
	struct text_row row = { .at = at, .line = line };

	if (at.block)
		row.layout = layouts_get(pane->layouts, pane->doc, at.block, pane->cols);
	return row;
}

static struct text_row
row_at(struct text_pane *pane, struct top top)
{
	struct text_row row = row_of_block(pane, document_find_block(pane->doc, top.off), 0);

	if (!row.layout)
		return row;
	row.line = (long)layout_find_line(row.layout, top.off);
	if (row.line == 0 && top.gap) {
		long gap = gap_above(pane, row.at);

		row.line = -((long)top.gap < gap ? (long)top.gap : gap);
	}
	return row;
}

static struct top
top_of(const struct text_row *row)
{
	if (row->line < 0)
		return (struct top){ row->layout->line[0].at.start, (size_t)-row->line };
	return (struct top){ row->layout->line[row->line].at.start, 0 };
}

static struct text_row
next_row(struct text_pane *pane, struct text_row row)
{
	struct block_at next;

	if (row.line + 1 < (long)row.layout->n) {
		row.line++;
		return row;
	}
	next = document_next_block(pane->doc, row.at);
	if (!next.block)
		return (struct text_row){ 0 };
	return row_of_block(pane, next, -(long)block_gap(row.at.block, next.block));
}

static struct text_row
prev_row(struct text_pane *pane, struct text_row row)
{
	struct block_at prev;

	if (row.line > 0 || (row.line <= 0 && -row.line < gap_above(pane, row.at))) {
		row.line--;
		return row;
	}
	prev = document_prev_block(pane->doc, row.at);
	if (!prev.block)
		return (struct text_row){ 0 };
	row = row_of_block(pane, prev, 0);
	row.line = (long)row.layout->n - 1;
	return row;
}

void
text_pane_arrange(struct text_pane *pane)
{
	struct text_row row;

	layouts_trim(pane->layouts);
	pane->nrow = 0;
	row = row_at(pane, pane->top);
	while (row.layout && pane->nrow < pane->rows) {
		ARRAY_ADD(pane->row, pane->nrow, pane->cap_row, row);
		row = next_row(pane, row);
	}
	pane->is_end = !row.layout;
}

bool
text_pane_scroll(struct text_pane *pane, long n)
{
	struct text_row row = row_at(pane, pane->top);
	bool moved = false;

	layouts_trim(pane->layouts);
	row = row_at(pane, pane->top);
	for (; row.layout && n != 0; n += n < 0 ? 1 : -1) {
		struct text_row other = n < 0 ? prev_row(pane, row) : next_row(pane, row);

		if (!other.layout)
			break;
		row = other;
		moved = true;
	}
	if (row.layout)
		pane->top = top_of(&row);
	return moved;
}

void
text_pane_go(struct text_pane *pane, size_t off)
{
	struct text_row row = row_at(pane, (struct top){ off, 0 });

	if (row.layout)
		pane->top = top_of(&row);
}

void
text_pane_go_end(struct text_pane *pane)
{
	text_pane_go(pane, pane->doc->text.n);
	text_pane_scroll(pane, 1 - (long)pane->rows);
}

void
text_pane_show(struct text_pane *pane, size_t off)
{
	struct range visible;

	text_pane_arrange(pane);
	visible = text_pane_visible(pane);
	if (off >= visible.start && off < visible.end)
		return;
	text_pane_go(pane, off);
	text_pane_scroll(pane, -(long)(pane->rows / 3));
	text_pane_arrange(pane);
}

struct range
text_pane_visible(const struct text_pane *pane)
{
	struct range at = { pane->top.off, pane->top.off };

	for (size_t i = 0; i < pane->nrow; i++)
		if (pane->row[i].line >= 0)
			at.end = pane->row[i].layout->line[pane->row[i].line].at.end;
	return at;
}

struct range
text_pane_blocks(const struct text_pane *pane)
{
	if (pane->nrow == 0)
		return (struct range){ 0, 0 };
	return (struct range){ pane->row[0].at.block->at.start,
			       pane->row[pane->nrow - 1].at.block->at.end };
}

/* A sorted list of ranges that is walked beside the text. */
struct walk {
	const struct range *at;
	size_t n, i;
};

/* Does the list hold off? off grows from call to call. */
static bool
walk_has(struct walk *walk, size_t off)
{
	while (walk->i < walk->n && walk->at[walk->i].end <= off)
		walk->i++;
	return walk->i < walk->n && walk->at[walk->i].start <= off;
}

static struct walk
walk_from(const struct range *at, size_t n, size_t off)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (at[middle].end > off)
			high = middle;
		else
			low = middle + 1;
	}
	return (struct walk){ at, n, low };
}

static bool
range_has(struct range at, size_t off)
{
	return at.start <= off && off < at.end;
}

static const uint8_t span_style[] = {
	[SPAN_EMPHASIS] = STYLE_EMPHASIS, [SPAN_STRONG] = STYLE_STRONG, [SPAN_CODE] = STYLE_CODE,
	[SPAN_LINK] = STYLE_LINK,	  [SPAN_DELETED] = STYLE_DELETED,
};
_Static_assert(sizeof span_style == SPAN_KINDS, "a style for each span");

static enum style
base_style(const struct text_row *row, size_t off)
{
	const struct piece *piece = row->at.piece;
	enum style style = block_setting(row->at.block->kind)->style;

	for (size_t i = 0; i < piece->nspan && piece->span[i].at.start <= off; i++)
		if (range_has(piece->span[i].at, off))
			style = span_style[piece->span[i].kind];
	return style;
}

/* What is put on a row, run by run of one style. */
struct pen {
	struct surface *surface;
	size_t row, col, end; /* end: first column that is not its own */
};

static void
pen_put(struct pen *pen, struct slice text, enum style style)
{
	pen->col += surface_put(pen->surface, pen->row, pen->col, pen->end - pen->col, text, style);
}

/* A tab in a table: to the next cell, or a bar when the table is too wide for columns. */
static void
pen_put_tab(struct pen *pen, const struct layout *layout, size_t left, size_t *cell)
{
	if (layout->tab && ++*cell < layout->ntab)
		pen->col = left + layout->tab[*cell];
	else
		pen_put(pen, SLICE(" │ "), STYLE_ORNAMENT);
}

static void
draw_line(const struct text_pane *pane, const struct text_row *row, struct pen pen,
	  const struct text_marks *marks)
{
	const struct line *line = &row->layout->line[row->line];
	struct slice text = slice_sub(pane->doc->text, (struct range){ 0, line->shown.end });
	struct walk term = walk_from(marks->term, marks->nterm, line->shown.start);
	struct walk found = walk_from(marks->found, marks->nfound, line->shown.start);
	size_t left = pen.col - line->indent, cell = 0;

	for (size_t off = line->shown.start, next; off < line->shown.end; off = next) {
		enum style style = base_style(row, off);
		uint32_t cp;

		next = off + utf8_decode(text, off, &cp);
		while (next < text.n && (text.s[next] & 0xC0) == 0x80)
			next++;
		if (walk_has(&term, off))
			style = STYLE_TERM;
		if (range_has(marks->current, off))
			style = STYLE_CURRENT;
		if (walk_has(&found, off))
			style = STYLE_FOUND;
		if (range_has(marks->current_found, off))
			style = STYLE_FOUND_CURRENT;
		if (cp == '\t' && row->at.block->kind == BLOCK_TABLE) {
			pen_put_tab(&pen, row->layout, left, &cell);
			continue;
		}
		while (next < text.n) { /* marks stay with their base */
			uint32_t mark;
			size_t n = utf8_decode(text, next, &mark);

			if (text_width_of(text_visible(mark)) != 0)
				break;
			next += n;
		}
		if (range_has(marks->current, off) && off == marks->current.start) {
			pen.surface->cursor_row = pen.row;
			pen.surface->cursor_col = pen.col;
		}
		pen_put(&pen, slice_sub(text, (struct range){ off, next }), style);
	}
}

static void
draw_row(const struct text_pane *pane, const struct text_row *row, struct pen pen,
	 const struct text_marks *marks)
{
	const struct block_setting *set = block_setting(row->at.block->kind);
	const struct layout *layout = row->layout;
	const char *ornament = row->line == 0 ? set->first : set->rest;
	size_t indent = layout->line[row->line].indent;

	if (*ornament && indent)
		surface_put(pen.surface, pen.row, pen.col, indent, slice_of(ornament),
			    STYLE_ORNAMENT);
	if (row->line == 0 && layout->label[0] && indent) {
		size_t width = text_width(slice_of(layout->label));
		size_t col = indent > width ? indent - width - 1 : 0;

		surface_put(pen.surface, pen.row, pen.col + col, indent - col,
			    slice_of(layout->label),
			    row->at.block->kind == BLOCK_HEADING ? STYLE_HEADING : STYLE_ORNAMENT);
	}
	pen.col += indent;
	draw_line(pane, row, pen, marks);
}

void
text_pane_draw(const struct text_pane *pane, const struct text_marks *marks,
	       struct surface *surface, struct area area)
{
	for (size_t i = 0; i < pane->nrow && i < area.rows; i++) {
		struct pen pen = { surface, area.row + i, area.col, area.col + area.cols };

		if (pane->row[i].line >= 0)
			draw_row(pane, &pane->row[i], pen, marks);
	}
}

size_t
text_pane_at(const struct text_pane *pane, size_t row, size_t col)
{
	const struct line *line;
	size_t at, off;

	if (row >= pane->nrow || pane->row[row].line < 0)
		return NOWHERE;
	line = &pane->row[row].layout->line[pane->row[row].line];
	if (col < line->indent)
		return NOWHERE;
	at = line->indent;
	for (off = line->shown.start; off < line->shown.end;) {
		uint32_t cp;
		size_t n = utf8_decode(pane->doc->text, off, &cp);

		at += text_width_of(text_visible(cp));
		if (at > col)
			return off;
		off += n;
	}
	return NOWHERE;
}

/* Calls put() for each row of the blocks in `at`. */
static void
for_each_row(struct document *doc, struct range at, size_t cols,
	     void (*put)(const struct text_pane *, const struct text_row *, struct buf *),
	     struct buf *out)
{
	struct text_pane pane;
	struct text_row row;

	text_pane_init(&pane, doc);
	text_pane_set(&pane, doc, 1, cols);
	for (row = row_at(&pane, (struct top){ at.start, 0 });
	     row.layout && row.at.block->at.start < at.end; row = next_row(&pane, row)) {
		put(&pane, &row, out);
		if (row.line + 1 == (long)row.layout->n && pane.layouts) {
			size_t off = row.layout->line[row.line].at.start;

			layouts_trim(pane.layouts);
			row = row_at(&pane, (struct top){ off, 0 });
		}
	}
	text_pane_fini(&pane);
}

static void
put_dump(const struct text_pane *pane, const struct text_row *row, struct buf *out)
{
	if (row->line >= 0) {
		const struct line *line = &row->layout->line[row->line];
		struct slice shown = slice_sub(pane->doc->text, line->shown);

		buf_printf(out, "%2zu|", line->indent);
		buf_add(out, shown);
		buf_add_text(out, "|\n");
	} else {
		buf_add_byte(out, '\n');
	}
}

void
lines_dump(struct document *doc, size_t cols, struct buf *out)
{
	for_each_row(doc, (struct range){ 0, doc->text.n + 1 }, cols, put_dump, out);
}

static void
put_print(const struct text_pane *pane, const struct text_row *row, struct buf *out)
{
	static const struct text_marks none;
	struct surface surface;

	surface_init(&surface, 1, pane->cols + 8);
	if (row->line >= 0)
		draw_row(pane, row, (struct pen){ &surface, 0, 0, surface.cols }, &none);
	surface_dump(&surface, false, out);
	surface_fini(&surface);
}

void
lines_print(struct document *doc, struct range at, size_t cols, struct buf *out)
{
	for_each_row(doc, at, cols, put_print, out);
}
