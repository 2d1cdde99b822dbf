#include "command/internal.h"
#include "file/json.h"

static int
print_json(struct args *args, struct work *work)
{
	struct json_t *answer = answer_new(args, args->word[0]), *toc = value_array();
	int status = work->doc->nsection ? EXIT_DONE : EXIT_NONE;

	for (size_t i = 0; i < work->doc->nsection; i++) {
		struct json_t *item = value_object();

		shape_section(item, work, i);
		value_add(toc, item);
	}
	value_set(answer, "toc", toc);
	return print_answer(answer) == EXIT_DONE ? status : EXIT_WRONG;
}

int
run_toc(struct args *args)
{
	struct work work;
	struct buf out = { 0 };
	int status;

	if (!work_open(&work, args, 0, WORK_DOCUMENT))
		return EXIT_WRONG;
	if (args->json) {
		status = print_json(args, &work);
		work_close(&work);
		return status;
	}
	for (size_t i = 0; i < work.doc->nsection; i++) {
		struct slice title = document_section_title(work.doc, i, &work.arena);

		buf_printf(&out, "%*s%s %.*s\n", 2 * ((int)work.doc->section[i].level - 1), "",
			   document_section_number(work.doc, i).text, (int)title.n, title.s);
	}
	put_text(buf_slice(&out));
	status = work.doc->nsection ? EXIT_DONE : EXIT_NONE;
	buf_fini(&out);
	work_close(&work);
	return status;
}
