/* The screen: where the panes are, what stands in the status bar. */
#include <stdio.h>

#include "reader/internal.h"
#include "text/width.h"

#define TWO_PANES 100 /* columns from which the glossary stands beside the text */
#define STRIP 60      /* columns from which it stands below it */

static size_t
clamp(size_t n, size_t low, size_t high)
{
	return n < low ? low : n > high ? high : n;
}

/* Divides the screen; an area with no rows is not shown. */
static void
arrange_areas(struct reader *reader, size_t rows, size_t cols)
{
	struct area body = { 0, 0, rows > 1 ? rows - 1 : rows, cols };
	bool outline = (reader->options.outline || reader->focus == IN_OUTLINE) && cols >= 40;
	size_t width = clamp(cols / 5, 20, 32), strip = clamp(rows / 4, 3, 10);

	reader->outline_area = reader->gloss_area = reader->list_area = (struct area){ 0 };
	if (reader->page == PAGE_GLOSSARY) {
		reader->gloss_area = body;
		reader->text_area = body; /* arranged all the same: the terms are the screen's */
		return;
	}
	if (outline) {
		reader->outline_area = (struct area){ body.row, 0, body.rows, width };
		body.col += width + 1;
		body.cols -= width + 1;
	}
	if (cols >= TWO_PANES) {
		size_t measure = (size_t)reader->options.width + 2;
		size_t gloss = clamp(cols * 2 / 5, 30, 64);

		if (body.cols > measure + gloss) /* what the measure leaves over */
			gloss = clamp(body.cols - measure - 1, gloss, 64);
		if (gloss > body.cols / 2)
			gloss = body.cols / 2;
		reader->gloss_area = (struct area){ body.row, body.col + body.cols - gloss, body.rows,
						    gloss };
		body.cols -= gloss + 1;
	} else if (cols >= STRIP && rows >= 14) {
		reader->gloss_area = (struct area){ body.row + body.rows - strip, body.col, strip,
						    body.cols };
		body.rows -= strip + 1;
	}
	reader->text_area = body;
	if (body.cols > 24) { /* a margin */
		reader->text_area.col++;
		reader->text_area.cols -= 2;
	}
}

static void
draw_borders(struct reader *reader)
{
	struct surface *s = &reader->surface;
	const struct area *gloss = &reader->gloss_area, *outline = &reader->outline_area;

	for (size_t row = 0; outline->rows && row < outline->rows; row++)
		surface_put(s, row, outline->cols, 1, SLICE("│"), STYLE_BORDER);
	if (gloss->rows && gloss->cols < s->cols && gloss->row == 0)
		for (size_t row = 0; row < gloss->rows; row++)
			surface_put(s, row, gloss->col - 1, 1, SLICE("│"), STYLE_BORDER);
	else if (gloss->rows && gloss->row > 0)
		for (size_t col = 0; col < gloss->cols; col++)
			surface_put(s, gloss->row - 1, gloss->col + col, 1, SLICE("─"), STYLE_BORDER);
}

static struct slice
base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (strcmp(path, "-") == 0)
		return SLICE("standard input");
	return slice_of(slash && slash[1] ? slash + 1 : path);
}

/* "europe.md · 2.1 監管先行 · 37 % · § 4/12" */
static void
status_left(const struct reader *reader, struct buf *out)
{
	const struct document *doc = reader->article.doc;
	size_t section = document_find_section(doc, reader_top(reader));
	struct range visible = text_pane_visible(&reader->text);
	struct slice name = base_name(reader->article.path);
	struct arena arena = { 0 };

	buf_add(out, name);
	if (section != NO_SECTION) {
		struct slice title = document_section_title(doc, section, &arena);
		size_t n = text_fit(title, reader->surface.cols / 4, NULL);

		buf_printf(out, " · %s %.*s%s", document_section_number(doc, section).text, (int)n,
			   title.s, n < title.n ? "…" : "");
	}
	buf_printf(out, " · %zu %%", doc->text.n == 0 || reader->text.is_end ? (size_t)100 :
		   (size_t)((double)visible.end * 100 / (double)doc->text.n));
	if (doc->nsection)
		buf_printf(out, " · § %zu/%zu", section == NO_SECTION ? 0 : section + 1, doc->nsection);
	arena_fini(&arena);
}

static void
status_right(const struct reader *reader, struct buf *out)
{
	const struct document_meta *meta = &reader->article.doc->meta;

	if (reader->article.worker)
		buf_printf(out, "indexing %u %%  ", worker_percent(reader->article.worker));
	if (meta->replaced)
		buf_printf(out, "%zu bad bytes  ", meta->replaced);
	buf_printf(out, "%s%s  %zu terms  ? help ", meta->encoding, meta->guessed ? " guessed" : "",
		   reader->gloss.nterms);
}

static void
draw_prompt(struct reader *reader, size_t row)
{
	struct surface *s = &reader->surface;
	struct slice text = buf_slice(&reader->prompt.text);
	size_t used = surface_put(s, row, 0, s->cols, slice_of(prompt_label(reader->prompt.kind)),
				  STYLE_PROMPT);
	struct range before = { 0, reader->prompt.cursor };
	size_t width = text_width(slice_sub(text, before));

	while (s->cols > used + 2 && width > s->cols - used - 2) { /* keep the cursor in sight */
		before.start += text_fit(slice_from(text, before.start), 2, NULL);
		width = text_width(slice_sub(text, before));
	}
	surface_put(s, row, used, s->cols - used, slice_from(text, before.start), STYLE_TEXT);
	s->cursor_row = row;
	s->cursor_col = used + width;
	if (reader->message.n) {
		size_t n = text_width(buf_slice(&reader->message));

		if (n + used + text_width(text) + 2 < s->cols)
			surface_put(s, row, s->cols - n - 1, n, buf_slice(&reader->message), STYLE_DIM);
	}
}

static void
draw_status(struct reader *reader, size_t row)
{
	struct surface *s = &reader->surface;
	struct buf left = { 0 }, right = { 0 };
	size_t width;

	if (reader->prompt.kind != PROMPT_NONE) {
		draw_prompt(reader, row);
		return;
	}
	surface_paint(s, row, 0, s->cols, STYLE_STATUS);
	if (reader->article.doc)
		status_right(reader, &right);
	if (reader->message.n)
		buf_add(&left, buf_slice(&reader->message));
	else if (reader->article.doc)
		status_left(reader, &left);
	width = text_width(buf_slice(&right));
	if (s->cols >= 60 && s->cols > width + 20)
		surface_put(s, row, s->cols - width, width, buf_slice(&right), STYLE_STATUS);
	else
		width = 0;
	surface_put(s, row, s->cols > 30 ? 1 : 0, s->cols - width - (width ? 2 : 0),
		    buf_slice(&left),
		    reader->message.n && reader->is_warning ? STYLE_WARNING : STYLE_STATUS);
	surface_paint(s, row, 0, s->cols,
		      reader->message.n && reader->is_warning ? STYLE_WARNING : STYLE_STATUS);
	buf_fini(&left);
	buf_fini(&right);
}

static void
draw_text_page(struct reader *reader)
{
	struct text_marks marks = {
		.term = reader->marked,
		.nterm = reader->nmarked,
		.found = reader->found.at,
		.nfound = reader->found.n,
		.current = reader->current,
	};

	if (reader->found_at != NOWHERE)
		marks.current_found = reader->found.at[reader->found_at];
	text_pane_draw(&reader->text, &marks, &reader->surface, reader->text_area);
	if (reader->article.doc->text.n == 0)
		surface_put(&reader->surface, reader->text_area.row, reader->text_area.col,
			    reader->text_area.cols, SLICE("(empty)"), STYLE_DIM);
}

/* Text and its panes: geometry first, then drawing, which changes nothing. */
static void
draw_panes(struct reader *reader)
{
	size_t cols = reader->text_area.cols;

	if (cols > (size_t)reader->options.width)
		cols = (size_t)reader->options.width;
	text_pane_set(&reader->text, reader->article.doc, reader->text_area.rows, cols);
	reader_update(reader);
	reader->gloss.has_focus = reader->focus == IN_GLOSSARY;
	if (reader->page != PAGE_GLOSSARY)
		draw_text_page(reader);
	if (reader->gloss_area.rows) {
		gloss_pane_arrange(&reader->gloss, reader->gloss_area.rows, reader->gloss_area.cols);
		gloss_pane_draw(&reader->gloss, &reader->surface, reader->gloss_area);
	}
	if (reader->outline_area.rows) {
		reader_show_outline(reader);
		list_arrange(&reader->outline, reader->outline_area.rows);
		list_draw(&reader->outline, &reader->surface, reader->outline_area);
		if (reader->focus == IN_OUTLINE)
			reader->list_area = reader->outline_area;
	}
	draw_borders(reader);
}

static void
draw_list_page(struct reader *reader)
{
	struct list *list = reader_list(reader);

	reader->list_area = (struct area){ 0, 0, reader->surface.rows > 1 ? reader->surface.rows - 1 :
									     reader->surface.rows,
					   reader->surface.cols };
	list_arrange(list, reader->list_area.rows);
	list_draw(list, &reader->surface, reader->list_area);
}

const struct surface *
reader_draw(struct reader *reader, size_t rows, size_t cols)
{
	if (rows != reader->surface.rows || cols != reader->surface.cols) {
		surface_fini(&reader->surface);
		surface_init(&reader->surface, rows, cols);
		if (reader->page == PAGE_INDEX)
			reader_show_index(reader);
	}
	surface_clear(&reader->surface);
	if (reader->page == PAGE_TEXT || reader->page == PAGE_GLOSSARY) {
		arrange_areas(reader, rows, cols);
		draw_panes(reader);
	} else {
		draw_list_page(reader);
	}
	if (rows > 1)
		draw_status(reader, rows - 1);
	return &reader->surface;
}

void
reader_say(struct reader *reader, struct buf *out)
{
	const struct surface *surface = reader_draw(reader, reader->surface.rows ? reader->surface.rows : 24,
						    reader->surface.cols ? reader->surface.cols : 80);

	surface_dump(surface, false, out);
}
