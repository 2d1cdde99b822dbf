/*
 * The text pane: which rows of which blocks stand on the screen, moving by rows, and drawing
 * them. Its place is a byte offset; rows are derived. arrange() may build pieces and
 * layouts; draw() changes nothing.
 */
#ifndef VIEW_TEXTPANE_H
#define VIEW_TEXTPANE_H

#include "glossary/glossary.h"
#include "view/layout.h"
#include "view/surface.h"

/* The row at the top: that of the text at off, with so many of the blank rows above it. */
struct top {
	size_t off;
	size_t gap;
};

struct text_row {
	struct block_at at;
	const struct layout *layout; /* NULL: below the end */
	long line;		     /* of the layout; negative: a blank row above its first line */
};

struct text_pane {
	struct document *doc;
	struct layouts *layouts;
	size_t rows, cols; /* of the area for text */
	struct top top;
	struct text_row *row; /* after arrange(): what stands in each row */
	size_t nrow, cap_row;
	bool is_end; /* after arrange(): the last row of the text is among them */
};

/* `doc` stays the caller's. */
void text_pane_init(struct text_pane *pane, struct document *doc);
void text_pane_fini(struct text_pane *pane);
/* Another document or width; the place is kept. */
void text_pane_set(struct text_pane *pane, struct document *doc, size_t rows, size_t cols);
/* Fills row[] from top. */
void text_pane_arrange(struct text_pane *pane);
/* Moves the top by n rows (negative: up), not beyond the ends; returns whether it moved. */
bool text_pane_scroll(struct text_pane *pane, long n);
/* The row that holds off becomes the top. */
void text_pane_go(struct text_pane *pane, size_t off);
/* Scrolls as little as need be to show off, or to a third of the height when that is far. */
void text_pane_show(struct text_pane *pane, size_t off);
/* The last screen: its last row is the text's last. */
void text_pane_go_end(struct text_pane *pane);
/* Bytes of the document that row[] shows. */
struct range text_pane_visible(const struct text_pane *pane);
/* The blocks that row[] shows, whole. */
struct range text_pane_blocks(const struct text_pane *pane);

/* What is marked in the text; all sorted by start. */
struct text_marks {
	const struct range *term;
	size_t nterm;
	const struct range *found;
	size_t nfound;
	struct range current;	    /* the selected term; empty: none */
	struct range current_found; /* empty: none */
};
void text_pane_draw(const struct text_pane *pane, const struct text_marks *marks,
		    struct surface *surface, struct area area);
/* The byte that is drawn at a cell of the area, or NOWHERE: for the mouse. */
size_t text_pane_at(const struct text_pane *pane, size_t row, size_t col);

/* The text dump of lines that golden tests compare: one line a row, "|" at its ends. */
void lines_dump(struct document *doc, size_t cols, struct buf *out);
/* The article as rows of plain text, for `print`; stops at the end of `at`. */
void lines_print(struct document *doc, struct range at, size_t cols, struct buf *out);

#endif
