#include <stdio.h>
#include <stdlib.h>

#include "reader/internal.h"

static struct slice
keep(struct arena *arena, const char *text)
{
	return arena_copy(arena, slice_of(text));
}

static void
begin(struct list *list, struct arena *arena)
{
	size_t selected = list->selected, top = list->top;

	list_fini(list);
	arena_fini(arena);
	list->selected = selected;
	list->top = top;
}

void
reader_show_outline(struct reader *reader)
{
	const struct document *doc = reader->article.doc;
	struct list *list = &reader->outline;
	size_t here = document_find_section(doc, reader_top(reader));

	begin(list, &reader->outline_text);
	list->empty = doc->complete ? SLICE("no headings found") : SLICE("looking for headings …");
	list->column[0] = (struct list_column){ 0, STYLE_TEXT, false };
	for (size_t i = 0; i < doc->nsection; i++) {
		struct list_item *item = list_add(list);
		struct slice title = document_section_title(doc, i, &reader->outline_text);
		char text[512];

		snprintf(text, sizeof text, "%s %.*s", document_section_number(doc, i).text,
			 (int)(title.n < 400 ? title.n : 400), title.s);
		item->text[0] = keep(&reader->outline_text, text);
		item->indent = 2 * (doc->section[i].level - 1);
		item->data = i;
	}
	if (reader->focus != IN_OUTLINE) /* it follows the text */
		list->selected = here == NO_SECTION ? 0 : here;
	list->has_focus = reader->focus == IN_OUTLINE;
}

/* How a term is spread over the text, as blocks of eight heights. */
static struct slice
spread_strip(struct reader *reader, const struct keyword *keyword)
{
	static const char *const bar[] = { "·", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
	uint32_t count[16], most = 1;
	struct buf strip = { 0 };
	struct slice text;
	size_t n = 0;

	study_spread(reader->article.study, reader->article.doc, keyword, count, 16, &n);
	for (size_t i = 0; i < n; i++)
		most = count[i] > most ? count[i] : most;
	for (size_t i = 0; i < n; i++)
		buf_add_text(&strip, bar[count[i] ? 1 + count[i] * 7 / most : 0]);
	text = arena_copy(&reader->index_text, buf_slice(&strip));
	buf_fini(&strip);
	return text;
}

static void
add_keyword(struct reader *reader, uint32_t at)
{
	const struct keyword *keyword = &reader->article.study->keyword[at];
	const struct term *term = &reader->lexicon->term[keyword->term];
	struct list_item *item = list_add(&reader->index);
	char count[16];
	struct buf english = { 0 };

	snprintf(count, sizeof count, "%u", keyword->n);
	for (size_t i = 0; i < term->nenglish; i++)
		buf_printf(&english, "%s%.*s", i ? "; " : "", (int)term->english[i].n,
			   term->english[i].s);
	item->text[0] = term->headword;
	item->text[1] = term->pinyin;
	item->text[2] = keep(&reader->index_text, count);
	item->text[3] = spread_strip(reader, keyword);
	item->text[4] = arena_copy(&reader->index_text, buf_slice(&english));
	item->data = keyword->term;
	buf_fini(&english);
}

void
reader_show_index(struct reader *reader)
{
	struct list *list = &reader->index;
	size_t n = 0, cols = reader->surface.cols;
	uint32_t *order;
	char title[256];

	if (!reader->article.study) {
		reader_say_message(reader, true, "the index is still being made");
		return;
	}
	begin(list, &reader->index_text);
	order = study_order(reader->article.study, reader->lexicon,
			    (enum index_order)reader->options.order, buf_slice(&reader->filter), &n);
	for (size_t i = 0; i < n; i++)
		add_keyword(reader, order[i]);
	free(order);
	list->column[0] = (struct list_column){ cols < 60 ? 14 : 22, STYLE_HEADWORD, false };
	list->column[1] = (struct list_column){ cols < 60 ? 14 : 28, STYLE_PINYIN, false };
	list->column[2] = (struct list_column){ 4, STYLE_TEXT, true };
	list->column[3] = (struct list_column){ cols < 80 ? 1 : 16, STYLE_ORNAMENT, false };
	list->column[4] = (struct list_column){ 0, STYLE_ENGLISH, false };
	snprintf(title, sizeof title, "Keyword index · %zu terms · by %s (o)%s%s", n,
		 index_order_name((enum index_order)reader->options.order),
		 reader->filter.n ? " · filter: " : " · / filters", buf_text(&reader->filter));
	list->title = keep(&reader->index_text, title);
	list->empty = reader->filter.n ? SLICE("no term matches the filter") :
					 SLICE("no terms of the glossaries in this article");
	list->has_focus = true;
	reader->page = PAGE_INDEX;
}

/* Text of a range in one line. */
static struct slice
one_line(struct arena *arena, struct slice text, struct range at)
{
	struct slice copy = arena_copy(arena, slice_sub(text, at));
	char *s = (char *)copy.s;

	for (size_t i = 0; i < copy.n; i++)
		if (s[i] == '\n' || s[i] == '\t' || s[i] == '\r')
			s[i] = ' ';
	return copy;
}

void
reader_show_concordance(struct reader *reader, uint32_t term)
{
	const struct study *study = reader->article.study;
	const struct keyword *keyword = study ? study_find_keyword(study, term) : NULL;
	struct document *doc = reader->article.doc;
	struct list *list = &reader->concordance;
	size_t cols = reader->surface.cols, half = cols > 40 ? (cols - 24) / 2 : 10;
	char title[256];

	if (!keyword)
		return;
	begin(list, &reader->list_text);
	list->selected = list->top = 0;
	list->column[0] = (struct list_column){ 8, STYLE_DIM, false };
	list->column[1] = (struct list_column){ half, STYLE_TEXT, true };
	list->column[2] = (struct list_column){ 0, STYLE_TERM, false };
	for (size_t i = 0; i < keyword->n; i++) {
		const struct hit *hit = study_occurrence(study, keyword, i);
		struct range at = { hit->start, hit->start + hit->length };
		struct context context = study_context(doc, at, 2 * half);
		struct list_item *item = list_add(list);
		size_t section = document_find_section(doc, hit->start);

		item->text[0] = section == NO_SECTION ? SLICE("") :
				keep(&reader->list_text, document_section_number(doc, section).text);
		item->text[1] = one_line(&reader->list_text, doc->text, context.before);
		item->text[2] = one_line(&reader->list_text, doc->text,
					 (struct range){ at.start, context.after.end });
		item->data = hit->start;
	}
	snprintf(title, sizeof title, "%.*s · %u occurrences · Enter jumps",
		 (int)reader->lexicon->term[term].headword.n, reader->lexicon->term[term].headword.s,
		 keyword->n);
	list->title = keep(&reader->list_text, title);
	list->has_focus = true;
	reader->concordance_term = term;
	reader->page = PAGE_CONCORDANCE;
}

void
reader_show_help(struct reader *reader)
{
	struct list *list = &reader->list;
	enum scope context = reader_scope(reader);
	char title[128];

	begin(list, &reader->list_text);
	list->selected = list->top = 0;
	list->column[0] = (struct list_column){ 12, STYLE_HEADWORD, false };
	list->column[1] = (struct list_column){ 16, STYLE_DIM, false };
	list->column[2] = (struct list_column){ 0, STYLE_TEXT, false };
	for (size_t i = 0; i < reader->keymap.n; i++) {
		const struct binding *binding = &reader->keymap.binding[i];
		struct buf help = { 0 };
		struct list_item *item;

		if (binding->context != context)
			continue;
		item = list_add(list);
		item->text[0] = slice_of(binding->key);
		item->text[1] = slice_of(binding->command);
		command_help(slice_of(binding->command), &help);
		item->text[2] = arena_copy(&reader->list_text, buf_slice(&help));
		buf_fini(&help);
	}
	snprintf(title, sizeof title, "Keys in the %s · Esc or q goes back · man duizhao",
		 scope_name(context));
	list->title = keep(&reader->list_text, title);
	list->has_focus = true;
	reader->page = PAGE_HELP;
}

void
reader_show_articles(struct reader *reader)
{
	struct list *list = &reader->list;

	begin(list, &reader->list_text);
	list->title = SLICE("duizhao 對照 · choose an article · q quits");
	list->empty = SLICE("no articles: name a file on the command line");
	list->column[0] = (struct list_column){ 0, STYLE_TEXT, false };
	for (size_t i = 0; i < reader->npath; i++) {
		struct list_item *item = list_add(list);

		item->text[0] = slice_of(reader->path[i]);
		item->data = i;
	}
	list->has_focus = true;
	reader->page = PAGE_ARTICLES;
}

struct list *
reader_list(struct reader *reader)
{
	switch (reader->page) {
	case PAGE_INDEX:
		return &reader->index;
	case PAGE_CONCORDANCE:
		return &reader->concordance;
	case PAGE_HELP:
	case PAGE_ARTICLES:
		return &reader->list;
	default:
		return reader->focus == IN_OUTLINE ? &reader->outline : NULL;
	}
}
