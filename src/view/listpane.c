#include "view/listpane.h"

#include <stdlib.h>

#include "base/memory.h"
#include "text/width.h"

struct list_item *
list_add(struct list *list)
{
	ARRAY_ADD(list->item, list->n, list->cap, (struct list_item){ .data = NOWHERE });
	return &list->item[list->n - 1];
}

void
list_fini(struct list *list)
{
	free(list->item);
	*list = (struct list){ 0 };
}

void
list_move(struct list *list, long n)
{
	if (list->n == 0)
		return;
	if (n < 0 && (size_t)-n > list->selected)
		list->selected = 0;
	else
		list->selected = (size_t)((long)list->selected + n);
	if (list->selected >= list->n)
		list->selected = list->n - 1;
}

static size_t
title_rows(const struct list *list)
{
	return list->title.n ? 1 : 0;
}

void
list_arrange(struct list *list, size_t rows)
{
	rows = rows > title_rows(list) ? rows - title_rows(list) : 1;
	if (list->selected >= list->n)
		list->selected = list->n ? list->n - 1 : 0;
	if (list->top > list->selected)
		list->top = list->selected;
	if (list->selected >= list->top + rows)
		list->top = list->selected - rows + 1;
	if (list->top + rows > list->n)
		list->top = list->n > rows ? list->n - rows : 0;
}

static void
draw_item(const struct list *list, const struct list_item *item, struct surface *surface,
	  struct area at, bool is_selected)
{
	size_t col = at.col + item->indent, end = at.col + at.cols, fixed = 0;

	for (size_t i = 0; i < LIST_COLUMNS; i++)
		fixed += list->column[i].cols ? list->column[i].cols + 1 : 0;
	for (size_t i = 0; i < LIST_COLUMNS && col < end; i++) {
		const struct list_column *column = &list->column[i];
		size_t rest = at.cols > fixed + item->indent ? at.cols - fixed - item->indent : 0;
		size_t cols = column->cols ? column->cols : rest, width, used;
		enum style style = is_selected ? STYLE_SELECTED :
				   item->is_dim ? STYLE_DIM : column->style;

		if (!column->cols && !item->text[i].n)
			continue;
		cols = cols < end - col ? cols : end - col;
		width = text_width(item->text[i]);
		used = column->right && width < cols ? cols - width : 0;
		surface_put(surface, at.row, col + used, cols - used, item->text[i], style);
		if (width > cols && cols > 1) /* cut: say so */
			surface_put(surface, at.row, col + cols - 1, 1, SLICE("…"), style);
		col += cols + 1;
	}
	if (!is_selected)
		return;
	surface_paint(surface, at.row, at.col, at.cols, STYLE_SELECTED);
	if (list->has_focus) {
		surface->cursor_row = at.row;
		surface->cursor_col = at.col + item->indent;
	}
}

void
list_draw(const struct list *list, struct surface *surface, struct area area)
{
	size_t first = title_rows(list);

	if (first)
		surface_put(surface, area.row, area.col, area.cols, list->title, STYLE_HEADING);
	if (list->n == 0)
		surface_put(surface, area.row + first, area.col, area.cols, list->empty, STYLE_DIM);
	for (size_t i = list->top; i < list->n && first + i - list->top < area.rows; i++)
		draw_item(list, &list->item[i], surface,
			  (struct area){ area.row + first + i - list->top, area.col, 1, area.cols },
			  i == list->selected);
}

size_t
list_at(const struct list *list, size_t row)
{
	size_t first = title_rows(list);

	if (row < first || list->top + row - first >= list->n)
		return NOWHERE;
	return list->top + row - first;
}
