#include "command/internal.h"
#include "file/json.h"
#include "text/decode.h"
#include "text/utf8.h"

struct json_t *
answer_new(const struct args *args, const char *file)
{
	struct json_t *answer = value_object();

	value_set_count(answer, "version", 1);
	if (file)
		shape_text(answer, "file", slice_of(file));
	(void)args;
	return answer;
}

void
shape_text(struct json_t *object, const char *key, struct slice text)
{
	struct buf good = { 0 };

	if (utf8_valid_prefix(text) == text.n) {
		value_set_text(object, key, text);
		return;
	}
	encoding_decode(text, "UTF-8", false, &good, NULL);
	value_set_text(object, key, buf_slice(&good));
	buf_fini(&good);
}

static struct slice
section_text(const struct work *work, size_t section, struct section_number *number)
{
	number->text[0] = '\0';
	if (section != NO_SECTION)
		*number = document_section_number(work->doc, section);
	return slice_of(number->text);
}

void
shape_place(struct json_t *object, struct work *work, struct range at)
{
	struct section_number number;

	value_set_count(object, "line", document_find_line(work->doc, at.start));
	value_set_count(object, "offset", at.start);
	value_set_count(object, "length", at.end - at.start);
	shape_text(object, "section",
		 section_text(work, document_find_section(work->doc, at.start), &number));
}

static void
set_list(struct json_t *object, const char *key, const struct slice *item, size_t n)
{
	struct json_t *list = value_array();

	for (size_t i = 0; i < n; i++)
		value_add_text(list, item[i]);
	value_set(object, key, list);
}

void
shape_term(struct json_t *object, const struct lexicon *lexicon, const struct term *term)
{
	shape_text(object, "term", term->headword);
	shape_text(object, "simplified", term->simplified);
	shape_text(object, "pinyin", term->pinyin);
	set_list(object, "english", term->english, term->nenglish);
	shape_text(object, "definition", term->definition);
	shape_text(object, "domain", term->domain);
	set_list(object, "aliases", term->alias, term->nalias);
	set_list(object, "see", term->see, term->nsee);
	shape_text(object, "glossary", lexicon->glossary[term->glossary].name);
}

void
shape_section(struct json_t *object, struct work *work, size_t section)
{
	const struct section *s = &work->doc->section[section];

	shape_place(object, work, s->title);
	shape_text(object, "number", slice_of(document_section_number(work->doc, section).text));
	value_set_count(object, "level", s->level);
	shape_text(object, "title", document_section_title(work->doc, section, &work->arena));
	value_set_count(object, "characters", utf8_length(slice_sub(work->doc->text, s->at)));
}

void
add_context(struct work *work, struct range at, size_t cols, struct buf *out)
{
	struct context context = study_context(work->doc, at, cols);
	struct slice text = slice_sub(work->doc->text,
				      (struct range){ context.before.start, context.after.end });

	for (size_t i = 0; i < text.n; i++)
		buf_add_byte(out, text.s[i] == '\n' || text.s[i] == '\t' || text.s[i] == '\r' ?
					  ' ' : text.s[i]);
}

int
print_answer(struct json_t *answer)
{
	return value_print(answer, stdout) ? EXIT_DONE : complain("standard output", "cannot write");
}
