#include <stdlib.h>

#include "command/internal.h"
#include "file/json.h"

static int
check(struct args *args)
{
	size_t n;

	if (args->nword < 2)
		return complain("glossary check", "name the glossary files");
	n = glossary_check((const char *const *)(void *)(args->word + 1), args->nword - 1,
			   args->strict, &args->diag);
	for (size_t i = 0; i < args->diag.n; i++) {
		const struct diag_message *m = &args->diag.message[i];

		printf("%s:%u: %s\n", m->path, m->line, m->text);
	}
	return n ? EXIT_WRONG : EXIT_DONE;
}

/* A term of the article, as the glossary file has it. */
static void
print_term(const struct term *term)
{
	struct buf line = { 0 };

	buf_printf(&line, "%.*s\t", (int)term->headword.n, term->headword.s);
	for (size_t i = 0; i < term->nenglish; i++)
		buf_printf(&line, "%s%.*s", i ? "; " : "", (int)term->english[i].n,
			   term->english[i].s);
	buf_printf(&line, "\t%.*s\t%.*s\t%.*s\n", (int)term->definition.n, term->definition.s,
		   (int)term->simplified.n, term->simplified.s, (int)term->pinyin.n, term->pinyin.s);
	put_text(buf_slice(&line));
	buf_fini(&line);
}

int
run_glossary(struct args *args)
{
	struct work work;
	struct json_t *answer, *list;
	bool *seen;
	size_t n = 0;
	int status = EXIT_DONE;

	if (args->nword && strcmp(args->word[0], "check") == 0)
		return check(args);
	if (!work_open(&work, args, 0, WORK_STUDY))
		return EXIT_WRONG;
	seen = xcalloc(work.lexicon->nterm, sizeof *seen);
	answer = answer_new(args, args->word[0]);
	list = value_array();
	for (size_t i = 0; i < work.study->nhit; i++) {
		uint32_t at = lexicon_best(work.lexicon, work.study->hit[i].key);
		struct json_t *item;

		if (seen[at] || work.study->hit[i].start < work.at.start ||
		    work.study->hit[i].start >= work.at.end)
			continue;
		seen[at] = true;
		n++;
		if (!args->json) {
			print_term(&work.lexicon->term[at]);
			continue;
		}
		item = value_object();
		shape_term(item, work.lexicon, &work.lexicon->term[at]);
		value_add(list, item);
	}
	value_set(answer, "glossary", list);
	if (args->json)
		status = print_answer(answer);
	else
		value_free(answer);
	free(seen);
	work_close(&work);
	return status == EXIT_DONE && n == 0 ? EXIT_NONE : status;
}
