/*
 * Blocks to lines for a width: kinsoku and word wrap by text/boundary.h. Lines are ranges
 * of the document text; the lines of a block, joined, are the block's text exactly.
 */
#ifndef VIEW_LAYOUT_H
#define VIEW_LAYOUT_H

#include "document/document.h"
#include "text/boundary.h"

struct line {
	struct range at;   /* all its bytes, blanks and the line end at its end included */
	struct range shown; /* what is drawn: without blanks at the edges */
	size_t indent;	   /* columns before it */
};

/* The lines of one block. */
struct layout {
	size_t start; /* of the block: the cache key */
	struct line *line;
	size_t n, cap;
	char label[72]; /* section number, item number: drawn in the first line's indent */
	size_t *tab; /* table: column where each cell begins; NULL when it does not fit */
	size_t ntab;
};

/* How a kind of block is set. Units: columns. */
struct block_setting {
	size_t indent_first, indent_rest;
	const char *first, *rest; /* ornaments that stand in the indent */
	uint8_t style;		  /* enum style */
};
const struct block_setting *block_setting(enum block_kind kind);
/* Blank rows between two blocks that follow each other. */
size_t block_gap(const struct block *before, const struct block *after);

/* A cache of layouts for one document and one width. One thread at a time. */
struct layouts;
struct layouts *layouts_new(void);
void layouts_free(struct layouts *layouts);
/* Forgets everything: another document, or another width. */
void layouts_clear(struct layouts *layouts);
/* Forgets when it holds too much; until the next call, what layouts_get() gave stays valid. */
void layouts_trim(struct layouts *layouts);
/* The lines of a block at `cols` columns; the same `cols` until layouts_clear(). */
const struct layout *layouts_get(struct layouts *layouts, const struct document *doc,
				 const struct block *block, size_t cols);
/* Index of the line that holds off (clipped to the block). */
size_t layout_find_line(const struct layout *layout, size_t off);

#endif
