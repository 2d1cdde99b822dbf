#include <stdlib.h>

#include "command/internal.h"
#include "file/json.h"
#include "text/width.h"

static bool
is_inside(const struct work *work, const struct hit *hit)
{
	return hit->start >= work->at.start && hit->start < work->at.end;
}

static struct json_t *
occurrences(struct work *work, const struct keyword *keyword, struct json_t *sections)
{
	struct json_t *list = value_array();
	size_t last = NO_SECTION - 1;

	for (size_t i = 0; i < keyword->n; i++) {
		const struct hit *hit = study_occurrence(work->study, keyword, i);
		struct range at = { hit->start, hit->start + hit->length };
		size_t section = document_find_section(work->doc, at.start);
		struct json_t *item;
		struct buf context = { 0 };

		if (!is_inside(work, hit))
			continue;
		if (section != last && section != NO_SECTION)
			value_add_text(sections,
				       slice_of(document_section_number(work->doc, section).text));
		last = section;
		item = value_object();
		shape_place(item, work, at);
		shape_text(item, "form", slice_sub(work->doc->text, at));
		add_context(work, at, 60, &context);
		shape_text(item, "context", buf_slice(&context));
		value_add(list, item);
		buf_fini(&context);
	}
	return list;
}

static size_t
count_inside(const struct work *work, const struct keyword *keyword)
{
	size_t n = 0;

	for (size_t i = 0; i < keyword->n; i++)
		n += is_inside(work, study_occurrence(work->study, keyword, i));
	return n;
}

static void
print_keyword(struct work *work, const struct keyword *keyword, size_t n)
{
	const struct term *term = &work->lexicon->term[keyword->term];
	struct buf line = { 0 };

	buf_printf(&line, "%.*s\t%.*s\t%zu\t", (int)term->headword.n, term->headword.s,
		   (int)term->pinyin.n, term->pinyin.s, n);
	for (size_t i = 0; i < term->nenglish; i++)
		buf_printf(&line, "%s%.*s", i ? "; " : "", (int)term->english[i].n,
			   term->english[i].s);
	buf_add_byte(&line, '\n');
	put_text(buf_slice(&line));
	buf_fini(&line);
}

static bool
find_order(const char *name, enum index_order *order)
{
	for (size_t i = 0; i < INDEX_ORDERS; i++) {
		*order = (enum index_order)i;
		if (!name || strcmp(index_order_name(*order), name) == 0)
			return true;
	}
	return false;
}

int
run_index(struct args *args)
{
	struct work work;
	enum index_order by;
	struct json_t *answer, *list;
	uint32_t *order;
	size_t n, found = 0;
	int status = EXIT_DONE;

	if (!find_order(args->order, &by))
		return complain(args->order, "the order is pinyin, english, strokes, frequency or place");
	if (!work_open(&work, args, 0, WORK_STUDY))
		return EXIT_WRONG;
	order = study_order(work.study, work.lexicon, by, SLICE(""), &n);
	answer = answer_new(args, args->word[0]);
	list = value_array();
	for (size_t i = 0; i < n; i++) {
		const struct keyword *keyword = &work.study->keyword[order[i]];
		size_t count = count_inside(&work, keyword);
		struct json_t *item, *sections;

		if (count == 0)
			continue;
		found++;
		if (!args->json) {
			print_keyword(&work, keyword, count);
			continue;
		}
		item = value_object();
		sections = value_array();
		shape_term(item, work.lexicon, &work.lexicon->term[keyword->term]);
		value_set_count(item, "count", count);
		value_set(item, "occurrences", occurrences(&work, keyword, sections));
		value_set(item, "sections", sections);
		value_add(list, item);
	}
	value_set(answer, "index", list);
	if (args->json)
		status = print_answer(answer);
	else
		value_free(answer);
	free(order);
	work_close(&work);
	return status == EXIT_DONE && found == 0 ? EXIT_NONE : status;
}
