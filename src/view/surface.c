#include "view/surface.h"

#include <stdlib.h>

#include "base/memory.h"
#include "text/utf8.h"
#include "text/width.h"

static const char *const name[] = {
	[STYLE_TEXT] = "text",		 [STYLE_HEADING] = "heading",
	[STYLE_QUOTATION] = "quotation", [STYLE_NOTE] = "note",
	[STYLE_CAPTION] = "caption",	 [STYLE_CODE] = "code",
	[STYLE_EMPHASIS] = "emphasis",	 [STYLE_STRONG] = "strong",
	[STYLE_LINK] = "link",		 [STYLE_DELETED] = "deleted",
	[STYLE_TERM] = "term",		 [STYLE_CURRENT] = "current",
	[STYLE_FOUND] = "found",	 [STYLE_FOUND_CURRENT] = "found-current",
	[STYLE_HEADWORD] = "headword",	 [STYLE_PINYIN] = "pinyin",
	[STYLE_ENGLISH] = "english",	 [STYLE_DIM] = "dim",
	[STYLE_SELECTED] = "selected",	 [STYLE_ORNAMENT] = "ornament",
	[STYLE_BORDER] = "border",	 [STYLE_STATUS] = "status",
	[STYLE_PROMPT] = "prompt",	 [STYLE_WARNING] = "warning",
};
_Static_assert(sizeof name / sizeof *name == STYLES, "a name for each style");

const char *
style_name(enum style style)
{
	return name[style];
}

bool
style_find(struct slice wanted, enum style *style)
{
	for (size_t i = 0; i < STYLES; i++) {
		if (slice_is(wanted, name[i])) {
			*style = (enum style)i;
			return true;
		}
	}
	return false;
}

void
surface_init(struct surface *surface, size_t rows, size_t cols)
{
	*surface = (struct surface){ .rows = rows, .cols = cols };
	surface->cell = xcalloc(rows * cols, sizeof *surface->cell);
	surface_clear(surface);
}

void
surface_fini(struct surface *surface)
{
	free(surface->cell);
	buf_fini(&surface->bytes);
	*surface = (struct surface){ 0 };
}

void
surface_clear(struct surface *surface)
{
	for (size_t i = 0; i < surface->rows * surface->cols; i++)
		surface->cell[i] = (struct cell){ .width = 1 };
	buf_clear(&surface->bytes);
	surface->cursor_row = surface->cursor_col = 0;
}

/* A wide character that loses one half becomes a blank and the half a blank cell. */
static void
split_wide(struct surface *surface, size_t row, size_t col)
{
	struct cell *line = surface->cell + row * surface->cols;

	if (col < surface->cols && line[col].width == 0 && col > 0) {
		line[col - 1] = (struct cell){ .width = 1, .style = line[col - 1].style };
		line[col].width = 1;
	}
}

static void
add_to_cell(struct surface *surface, struct cell *cell, uint32_t cp)
{
	char bytes[4];
	size_t n = utf8_encode(cp, bytes);

	if (cell->len > 200) /* no terminal shows more marks than a few */
		return;
	if (cell->len == 0)
		cell->off = (uint32_t)surface->bytes.n;
	buf_add(&surface->bytes, (struct slice){ bytes, n });
	cell->len = (uint16_t)(cell->len + n);
}

size_t
surface_put(struct surface *surface, size_t row, size_t col, size_t cols, struct slice text,
	    enum style style)
{
	struct cell *line, *last = NULL;
	size_t start = col, end;

	if (row >= surface->rows || col >= surface->cols)
		return 0;
	line = surface->cell + row * surface->cols;
	end = cols < surface->cols - col ? col + cols : surface->cols;
	for (size_t off = 0; off < text.n;) {
		uint32_t cp;
		size_t length = utf8_decode(text, off, &cp), width;

		off += length;
		cp = text_visible(cp);
		width = text_width_of(cp);
		if (width == 0) {
			if (last && (size_t)last->off + last->len == surface->bytes.n)
				add_to_cell(surface, last, cp);
			continue;
		}
		if (col + width > end)
			break;
		split_wide(surface, row, col);
		split_wide(surface, row, col + width);
		last = &line[col];
		*last = (struct cell){ .style = (uint8_t)style, .width = (uint8_t)width };
		add_to_cell(surface, last, cp);
		if (width == 2)
			line[col + 1] = (struct cell){ .style = (uint8_t)style };
		col += width;
	}
	return col - start;
}

void
surface_paint(struct surface *surface, size_t row, size_t col, size_t cols, enum style style)
{
	for (size_t i = col; row < surface->rows && i < surface->cols && i < col + cols; i++)
		surface->cell[row * surface->cols + i].style = (uint8_t)style;
}

static size_t
used_cols(const struct surface *surface, size_t row)
{
	size_t n = surface->cols;

	while (n > 0 && surface->cell[row * surface->cols + n - 1].len == 0 &&
	       surface->cell[row * surface->cols + n - 1].width == 1)
		n--;
	return n;
}

void
surface_dump(const struct surface *surface, bool styles, struct buf *out)
{
	for (size_t row = 0; row < surface->rows; row++) {
		const struct cell *line = surface->cell + row * surface->cols;
		size_t n = used_cols(surface, row);
		enum style now = STYLE_TEXT;

		for (size_t i = 0; i < n; i++) {
			if (styles && line[i].style != now) {
				if (now != STYLE_TEXT)
					buf_add_byte(out, '}');
				now = line[i].style;
				if (now != STYLE_TEXT)
					buf_printf(out, "{%s:", name[now]);
			}
			if (line[i].len)
				buf_add(out, (struct slice){ surface->bytes.s + line[i].off,
							     line[i].len });
			else if (line[i].width)
				buf_add_byte(out, ' ');
		}
		if (now != STYLE_TEXT)
			buf_add_byte(out, '}');
		buf_add_byte(out, '\n');
	}
}
