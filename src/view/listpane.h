/*
 * A list with a selected row: outline, keyword index, concordance, help, articles. Rows are
 * texts in columns; who makes the list owns them.
 */
#ifndef VIEW_LISTPANE_H
#define VIEW_LISTPANE_H

#include "view/surface.h"

#define LIST_COLUMNS 5

struct list_column {
	size_t cols; /* 0: what is left */
	enum style style;
	bool right; /* set flush right */
};

struct list_item {
	struct slice text[LIST_COLUMNS];
	size_t indent; /* columns before the first text */
	bool is_dim;
	size_t data; /* the maker's: a section, an offset, a keyword */
};

struct list {
	struct slice title; /* empty: no title row */
	struct slice empty; /* shown when there are no items */
	struct list_column column[LIST_COLUMNS];
	struct list_item *item;
	size_t n, cap;
	size_t selected, top;
	bool has_focus;
};

struct list_item *list_add(struct list *list);
/* Frees the items; not their texts. */
void list_fini(struct list *list);
/* Moves the selection; stays in the list. */
void list_move(struct list *list, long n);
/* Scrolls so that the selected item is among `rows`. */
void list_arrange(struct list *list, size_t rows);
void list_draw(const struct list *list, struct surface *surface, struct area area);
/* The item at a row of the area, or NOWHERE. */
size_t list_at(const struct list *list, size_t row);

#endif
