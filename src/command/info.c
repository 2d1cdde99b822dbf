#include "command/internal.h"
#include "file/json.h"
#include "text/script.h"
#include "text/utf8.h"

/* Hits and different terms in a range. */
static void
count_terms(const struct work *work, struct range at, size_t *hits, size_t *distinct)
{
	*hits = *distinct = 0;
	for (size_t i = 0; i < work->study->nkeyword; i++) {
		const struct keyword *keyword = &work->study->keyword[i];
		size_t n = 0;

		for (size_t j = 0; j < keyword->n; j++) {
			size_t start = study_occurrence(work->study, keyword, j)->start;

			n += start >= at.start && start < at.end;
		}
		*hits += n;
		*distinct += n > 0;
	}
}

static struct json_t *
section_value(struct work *work, size_t i)
{
	struct json_t *item = value_object();
	size_t hits, distinct;

	shape_section(item, work, i);
	count_terms(work, work->doc->section[i].at, &hits, &distinct);
	value_set_count(item, "terms", distinct);
	return item;
}

static int
print_json(struct args *args, struct work *work)
{
	const struct document_meta *meta = &work->doc->meta;
	struct json_t *answer = answer_new(args, args->word[0]), *info = value_object();
	struct json_t *sections = value_array();

	shape_text(info, "format", slice_of(meta->format));
	shape_text(info, "encoding", slice_of(meta->encoding));
	value_set_bool(info, "guessed", meta->guessed);
	shape_text(info, "script", slice_of(script_name(script_of(work->doc->text))));
	shape_text(info, "title", meta->title);
	shape_text(info, "author", meta->author);
	shape_text(info, "date", meta->date);
	value_set_count(info, "characters", utf8_length(work->doc->text));
	value_set_count(info, "replaced", meta->replaced);
	for (size_t i = 0; i < work->doc->nsection; i++)
		value_add(sections, section_value(work, i));
	value_set(info, "sections", sections);
	value_set(answer, "info", info);
	return print_answer(answer);
}

static void
print_text(struct work *work, struct buf *out)
{
	const struct document_meta *meta = &work->doc->meta;
	size_t hits, distinct;

	count_terms(work, work->at, &hits, &distinct);
	buf_printf(out, "format      %s\nencoding    %s%s\nscript      %s\n", meta->format,
		   meta->encoding, meta->guessed ? " (guessed)" : "",
		   script_name(script_of(work->doc->text)));
	buf_printf(out, "title       %.*s\ncharacters  %zu\nbad bytes   %zu\n", (int)meta->title.n,
		   meta->title.s, utf8_length(work->doc->text), meta->replaced);
	buf_printf(out, "terms       %zu different, %zu in all\nsections    %zu\n", distinct, hits,
		   work->doc->nsection);
	for (size_t i = 0; i < work->doc->nsection; i++) {
		const struct section *s = &work->doc->section[i];
		struct slice title = document_section_title(work->doc, i, &work->arena);

		count_terms(work, s->at, &hits, &distinct);
		buf_printf(out, "  %-8s %6zu characters %4zu terms  %.*s\n",
			   document_section_number(work->doc, i).text,
			   utf8_length(slice_sub(work->doc->text, s->at)), distinct, (int)title.n,
			   title.s);
	}
}

int
run_info(struct args *args)
{
	struct work work;
	struct buf out = { 0 };
	int status = EXIT_DONE;

	if (!work_open(&work, args, 0, WORK_STUDY))
		return EXIT_WRONG;
	if (args->json) {
		status = print_json(args, &work);
	} else {
		print_text(&work, &out);
		put_text(buf_slice(&out));
	}
	buf_fini(&out);
	work_close(&work);
	return status;
}
