#include "command/internal.h"
#include "file/json.h"

static void
find(struct args *args, struct work *work, struct slice query, struct found *found)
{
	if (args->pinyin || args->english)
		search_terms(work->study, work->lexicon, query,
			     args->pinyin ? SEARCH_PINYIN : SEARCH_ENGLISH, found);
	else
		search_literal(work->doc->text, work->at, query, found);
}

static void
print_place(struct work *work, struct range at, const char *path)
{
	struct buf line = { 0 };

	buf_printf(&line, "%s:%zu: ", path, document_find_line(work->doc, at.start));
	add_context(work, at, 70, &line);
	buf_add_byte(&line, '\n');
	put_text(buf_slice(&line));
	buf_fini(&line);
}

static struct json_t *
place_value(struct work *work, struct range at)
{
	struct json_t *item = value_object();
	struct buf context = { 0 };

	shape_place(item, work, at);
	shape_text(item, "form", slice_sub(work->doc->text, at));
	add_context(work, at, 60, &context);
	shape_text(item, "context", buf_slice(&context));
	buf_fini(&context);
	return item;
}

int
run_search(struct args *args)
{
	struct work work;
	struct found found = { 0 };
	struct json_t *answer, *list;
	size_t n = 0;
	int status = EXIT_DONE;

	if (args->nword < 2)
		return complain("search", "name the text to search for and a file");
	if (!work_open(&work, args, 1, args->pinyin || args->english ? WORK_STUDY : WORK_DOCUMENT))
		return EXIT_WRONG;
	find(args, &work, slice_of(args->word[0]), &found);
	answer = answer_new(args, args->word[1]);
	list = value_array();
	for (size_t i = 0; i < found.n; i++) {
		if (found.at[i].start < work.at.start || found.at[i].start >= work.at.end)
			continue;
		n++;
		if (args->json)
			value_add(list, place_value(&work, found.at[i]));
		else
			print_place(&work, found.at[i], args->word[1]);
	}
	value_set(answer, "search", list);
	if (args->json)
		status = print_answer(answer);
	else
		value_free(answer);
	found_fini(&found);
	work_close(&work);
	return status == EXIT_DONE && n == 0 ? EXIT_NONE : status;
}
