/*
 * A grid of cells, which the terminal or a text dump shows. All text on the screen gets here
 * through surface_put() or surface_put_styled(), which make it harmless (text_visible).
 */
#ifndef VIEW_SURFACE_H
#define VIEW_SURFACE_H

#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"

enum style {
	STYLE_TEXT,
	STYLE_HEADING,
	STYLE_QUOTATION,
	STYLE_NOTE,
	STYLE_CAPTION,
	STYLE_CODE,
	STYLE_EMPHASIS,
	STYLE_STRONG,
	STYLE_LINK,
	STYLE_DELETED,
	STYLE_TERM,
	STYLE_CURRENT,
	STYLE_FOUND,
	STYLE_FOUND_CURRENT,
	STYLE_HEADWORD,
	STYLE_PINYIN,
	STYLE_ENGLISH,
	STYLE_DIM,
	STYLE_SELECTED,
	STYLE_ORNAMENT,
	STYLE_BORDER,
	STYLE_STATUS,
	STYLE_PROMPT,
	STYLE_WARNING,
	STYLES
};
/* "term", "found-current", ... as the configuration and dumps name them; NULL-safe lookup. */
const char *style_name(enum style style);
bool style_find(struct slice name, enum style *style);

struct cell {
	uint32_t off;	/* of its bytes in surface->bytes: one spacing character and its marks */
	uint16_t len;	/* 0: blank */
	uint8_t style;	/* enum style */
	uint8_t width;	/* 1 or 2; 0: the right half of a wide one */
};

struct surface {
	size_t rows, cols;
	struct cell *cell; /* rows * cols */
	struct buf bytes;
	size_t cursor_row, cursor_col; /* where the terminal's cursor stands */
};

/* A rectangle on a surface, in cells. */
struct area {
	size_t row, col, rows, cols;
};

void surface_init(struct surface *surface, size_t rows, size_t cols);
void surface_fini(struct surface *surface);
/* Blanks all cells. */
void surface_clear(struct surface *surface);
/*
 * Puts text at (row, col), at most `cols` columns and never past the surface; returns the
 * columns used. A wide character that does not fit is left out.
 */
size_t surface_put(struct surface *surface, size_t row, size_t col, size_t cols,
		   struct slice text, enum style style);
/* Gives the blank or filled cells of one row [col, col + cols) a style. */
void surface_paint(struct surface *surface, size_t row, size_t col, size_t cols,
		   enum style style);
/* The rows as text, without trailing blanks; with `styles`, each run in {name:...}. */
void surface_dump(const struct surface *surface, bool styles, struct buf *out);

#endif
