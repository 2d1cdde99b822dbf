#include "command/internal.h"
#include "file/json.h"

static void
print_entry(const struct lexicon *lexicon, const struct term *term)
{
	struct buf out = { 0 };

	buf_printf(&out, "%.*s", (int)term->headword.n, term->headword.s);
	if (term->simplified.n && !slice_equal(term->simplified, term->headword))
		buf_printf(&out, " %.*s", (int)term->simplified.n, term->simplified.s);
	buf_printf(&out, "  %.*s  [%.*s]\n  ", (int)term->pinyin.n, term->pinyin.s,
		   (int)lexicon->glossary[term->glossary].name.n,
		   lexicon->glossary[term->glossary].name.s);
	for (size_t i = 0; i < term->nenglish; i++)
		buf_printf(&out, "%s%.*s", i ? "; " : "", (int)term->english[i].n,
			   term->english[i].s);
	if (term->definition.n)
		buf_printf(&out, "\n  %.*s", (int)term->definition.n, term->definition.s);
	buf_add_byte(&out, '\n');
	put_text(buf_slice(&out));
	buf_fini(&out);
}

/* Chinese first, then pinyin, then English: the first kind that finds something answers. */
static size_t
look_up(struct args *args, const struct lexicon *lexicon, struct slice word, struct json_t *list)
{
	static const enum lookup_kind kind[] = { LOOKUP_CHINESE, LOOKUP_PINYIN, LOOKUP_ENGLISH };
	size_t n = 0;

	for (size_t k = 0; k < sizeof kind / sizeof *kind && n == 0; k++) {
		for (size_t i = 0; i < lexicon->nterm; i++) {
			struct json_t *item;

			if (!term_is_match(&lexicon->term[i], word, kind[k]))
				continue;
			n++;
			if (!args->json) {
				print_entry(lexicon, &lexicon->term[i]);
				continue;
			}
			item = value_object();
			shape_term(item, lexicon, &lexicon->term[i]);
			value_add(list, item);
		}
	}
	return n;
}

int
run_lookup(struct args *args)
{
	struct lexicon *lexicon;
	struct json_t *answer, *list;
	size_t n = 0;
	int status = EXIT_DONE;

	if (args->nword == 0)
		return complain("lookup", "name a word");
	lexicon = reader_lexicon(args->program, args->glossary, args->nglossary, &args->diag);
	print_diag(&args->diag);
	answer = answer_new(args, NULL);
	list = value_array();
	for (size_t i = 0; i < args->nword; i++)
		n += look_up(args, lexicon, slice_of(args->word[i]), list);
	value_set(answer, "lookup", list);
	if (args->json)
		status = print_answer(answer);
	else
		value_free(answer);
	lexicon_free(lexicon);
	return status == EXIT_DONE && n == 0 ? EXIT_NONE : status;
}
