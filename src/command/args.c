#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"
#include "command/command.h"
#include "command/internal.h"
#include "text/utf8.h"
#include "text/width.h"

/* Text for a person: control characters become visible symbols. */
static void
add_visible(struct buf *out, struct slice text)
{
	for (size_t off = 0; off < text.n;) {
		char bytes[4];
		uint32_t cp;

		off += utf8_decode(text, off, &cp);
		buf_add(out, (struct slice){ bytes, utf8_encode(text_visible(cp), bytes) });
	}
}

int
complain(const char *path, const char *what)
{
	struct buf line = { 0 };

	buf_add_text(&line, "duizhao: ");
	if (path && *path) {
		add_visible(&line, slice_of(path));
		buf_add_text(&line, ": ");
	}
	add_visible(&line, slice_of(what));
	fprintf(stderr, "%s\n", buf_text(&line));
	buf_fini(&line);
	return EXIT_WRONG;
}

int
print_diag(const struct diag *diag)
{
	for (size_t i = 0; i < diag->n; i++) {
		const struct diag_message *message = &diag->message[i];
		struct buf path = { 0 };

		buf_add_text(&path, message->path);
		if (message->line)
			buf_printf(&path, ":%u", message->line);
		complain(buf_text(&path), message->text);
		buf_fini(&path);
	}
	return diag_has_errors(diag) ? EXIT_WRONG : EXIT_DONE;
}

void
put_text(struct slice text)
{
	struct buf out = { 0 };

	if (!isatty(STDOUT_FILENO)) {
		fwrite(text.s, 1, text.n, stdout);
		return;
	}
	while (text.s) {
		add_visible(&out, slice_cut(&text, '\n'));
		if (text.s)
			buf_add_byte(&out, '\n');
	}
	fwrite(buf_text(&out), 1, out.n, stdout);
	buf_fini(&out);
}

static bool
to_number(const char *text, int low, int high, int *number)
{
	char *end;
	long value = strtol(text, &end, 10);

	*number = (int)value;
	return *text && !*end && value >= low && value <= high;
}

static bool
set_width(struct args *args, const char *value)
{
	return to_number(value, 20, 1000, &args->width);
}

static bool
set_height(struct args *args, const char *value)
{
	return to_number(value, 1, 1000, &args->height);
}

static bool
set_glossary(struct args *args, const char *value)
{
	args->glossary = xrealloc(args->glossary, (args->nglossary + 1) * sizeof *args->glossary);
	args->glossary[args->nglossary++] = value;
	return true;
}

#define TEXT_FLAG(field)                                                                   \
	static bool set_flag_##field(struct args *args, const char *value)                      \
	{                                                                                  \
		args->field = value;                                                       \
		return true;                                                               \
	}
#define SWITCH_FLAG(field)                                                                 \
	static bool set_flag_##field(struct args *args, const char *value)                      \
	{                                                                                  \
		(void)value;                                                               \
		return args->field = true;                                                 \
	}
TEXT_FLAG(encoding)
TEXT_FLAG(heading)
TEXT_FLAG(section)
TEXT_FLAG(dump)
TEXT_FLAG(order)
SWITCH_FLAG(json)
SWITCH_FLAG(plain)
SWITCH_FLAG(pinyin)
SWITCH_FLAG(english)
SWITCH_FLAG(strict)
SWITCH_FLAG(completion)
SWITCH_FLAG(help)
SWITCH_FLAG(version)
SWITCH_FLAG(tables)

const struct flag flags[] = {
	{ "completion", NULL, "print the completion for bash", set_flag_completion },
	{ "dump", "WHAT", "document, hits, lines or screen, as text", set_flag_dump },
	{ "encoding", "NAME", "the article's encoding", set_flag_encoding },
	{ "english", NULL, "search by the English of the glossary", set_flag_english },
	{ "glossary", "FILE", "a glossary that comes first of all; may be repeated", set_glossary },
	{ "heading", "REGEX", "lines that match are headings", set_flag_heading },
	{ "height", "ROWS", "of the screen that --dump=screen shows", set_height },
	{ "help", NULL, "what the verb does", set_flag_help },
	{ "json", NULL, "JSON for other programs", set_flag_json },
	{ "order", "ORDER", "pinyin, english, strokes, frequency or place", set_flag_order },
	{ "pinyin", NULL, "search by the pinyin of the glossary", set_flag_pinyin },
	{ "plain", NULL, "text as it is; for read: a linear screen", set_flag_plain },
	{ "section", "N", "only this section, as 2.1", set_flag_section },
	{ "strict", NULL, "check what shipped files must fulfil", set_flag_strict },
	{ "tables", NULL, "help's table as tab-separated lines, for the manual", set_flag_tables },
	{ "version", NULL, "print the version", set_flag_version },
	{ "width", "COLS", "columns of a line", set_width },
};
const size_t nflags = sizeof flags / sizeof *flags;

static const struct flag *
find_flag(struct slice name)
{
	for (size_t i = 0; i < nflags; i++)
		if (slice_is(name, flags[i].name))
			return &flags[i];
	return NULL;
}

static const struct verb *
find_verb(const char *name)
{
	for (size_t i = 0; name && i < nverbs; i++)
		if (strcmp(verbs[i].name, name) == 0)
			return &verbs[i];
	return NULL;
}

static bool
is_taken(const struct verb *verb, const char *flag)
{
	struct slice rest = slice_of(verb->flags);

	while (rest.s)
		if (slice_is(slice_cut(&rest, ' '), flag))
			return true;
	return strcmp(flag, "help") == 0;
}

/* One option at argv[*i]; false after complaining. */
static bool
take_flag(struct args *args, const struct verb *verb, int argc, char **argv, int *i)
{
	struct slice rest = slice_of(argv[*i] + 2), name = slice_cut(&rest, '=');
	const struct flag *flag = find_flag(name);
	const char *value = rest.s;
	char what[256];

	if (!flag || (!is_taken(verb, flag->name) && strcmp(flag->name, "version") != 0)) {
		snprintf(what, sizeof what, "%s takes no such option; duizhao %s --help", verb->name,
			 verb->name);
		complain(argv[*i], what);
		return false;
	}
	if (flag->value && !value && ++*i < argc)
		value = argv[*i];
	if (!flag->value == !value && (!flag->value || flag->set(args, value)) &&
	    (flag->value || flag->set(args, NULL)))
		return true;
	snprintf(what, sizeof what, "%s%s: %s", flag->value ? "wants " : "wants no value",
		 flag->value ? flag->value : "", flag->help);
	complain(argv[*i < argc ? *i : argc - 1], what);
	return false;
}

/* The words and options behind the verb. */
static bool
parse(struct args *args, const struct verb *verb, int argc, char **argv, int first)
{
	bool only_words = false;

	args->word = xcalloc((size_t)argc + 1, sizeof *args->word);
	for (int i = first; i < argc; i++) {
		if (!only_words && strcmp(argv[i], "--") == 0)
			only_words = true;
		else if (!only_words && strncmp(argv[i], "--", 2) == 0) {
			if (!take_flag(args, verb, argc, argv, &i))
				return false;
		} else if (!only_words && argv[i][0] == '+' && verb->run == run_read)
			args->command = argv[i];
		else if (!only_words && argv[i][0] == '-' && argv[i][1]) {
			complain(argv[i], "no such option; options have two dashes: duizhao help");
			return false;
		} else
			args->word[args->nword++] = argv[i];
	}
	return true;
}

static int
print_verb_help(const struct verb *verb)
{
	printf("duizhao %s %s\n    %s\n", verb->name, verb->usage, verb->help);
	for (size_t i = 0; i < nflags; i++)
		if (is_taken(verb, flags[i].name))
			printf("  --%s%s%-*s %s\n", flags[i].name, flags[i].value ? " " : "",
			       (int)(18 - strlen(flags[i].name)), flags[i].value ? flags[i].value : "",
			       flags[i].help);
	return EXIT_DONE;
}

int
command_main(int argc, char **argv)
{
	struct args args = { .program = argv[0], .width = 0 };
	const struct verb *verb = argc > 1 ? find_verb(argv[1]) : NULL;
	int first = verb ? 2 : 1, status = EXIT_WRONG;

	if (!verb && argc > 1 && (strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "--help") == 0)) {
		verb = find_verb("help");
		first = 2;
	}
	if (!verb)
		verb = &verbs[0];
	args.verb = verb->name;
	if (parse(&args, verb, argc, argv, first)) {
		if (args.version)
			status = printf("duizhao %s\n", VERSION) < 0;
		else
			status = args.help ? print_verb_help(verb) : verb->run(&args);
	}
	free(args.word);
	free(args.glossary);
	free(args.file_section);
	diag_fini(&args.diag);
	if (fflush(stdout) != 0 && status == EXIT_DONE)
		status = EXIT_WRONG;
	return status;
}
