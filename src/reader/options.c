#include <ctype.h>
#include <errno.h>
#include <stdlib.h>

#include "defaults.h"
#include "reader/internal.h"

enum option_type { OPTION_NUMBER, OPTION_SWITCH, OPTION_CHOICE };

struct option {
	const char *name, *help;
	enum option_type type;
	size_t field; /* offset in struct options, of an int */
	int low, high;
	const char *const *choice; /* NULL-terminated */
};

static const char *const markings[] = { "first", "all", "none", NULL };
static const char *const orders[] = { "pinyin", "english", "strokes", "frequency", "place", NULL };

static const struct option table[] = {
	{ "width", "columns of a line of text, 20 to 400", OPTION_NUMBER,
	  offsetof(struct options, width), 20, 400, NULL },
	{ "marking", "which occurrences of terms are marked: first (in a section), all, none",
	  OPTION_CHOICE, offsetof(struct options, marking), 0, 2, markings },
	{ "outline", "the outline beside the text: on, off", OPTION_SWITCH,
	  offsetof(struct options, outline), 0, 1, NULL },
	{ "mouse", "mouse: on, off (off leaves selecting to the terminal)", OPTION_SWITCH,
	  offsetof(struct options, mouse), 0, 1, NULL },
	{ "hide", "hide pinyin and English in the glossary pane: on, off", OPTION_SWITCH,
	  offsetof(struct options, hide), 0, 1, NULL },
	{ "order", "of the index: pinyin, english, strokes, frequency, place", OPTION_CHOICE,
	  offsetof(struct options, order), 0, INDEX_ORDERS - 1, orders },
};
#define NOPTIONS (sizeof table / sizeof *table)

static int *
field(struct options *options, const struct option *option)
{
	return (int *)(void *)((char *)options + option->field);
}

static bool
parse(const struct option *option, const char *text, int *value)
{
	char *end;
	long number;

	if (option->type == OPTION_SWITCH) {
		*value = strcmp(text, "on") == 0;
		return *value || strcmp(text, "off") == 0;
	}
	for (int i = 0; option->choice && option->choice[i]; i++) {
		*value = i;
		if (strcmp(option->choice[i], text) == 0)
			return true;
	}
	errno = 0;
	number = strtol(text, &end, 10);
	*value = (int)number;
	return option->type == OPTION_NUMBER && *text && !*end && !errno &&
	       number >= option->low && number <= option->high;
}

bool
option_set(struct options *options, struct slice name, struct slice value, struct diag *diag)
{
	for (size_t i = 0; i < NOPTIONS; i++) {
		char *text;
		int number;
		bool is_good;

		if (!slice_is(name, table[i].name))
			continue;
		text = xstrcopy(value);
		is_good = parse(&table[i], text, &number);
		if (is_good)
			*field(options, &table[i]) = number;
		else
			diag_add(diag, DIAG_ERROR, NULL, 0, "%s: not \"%s\"; it is %s",
				 table[i].name, text, table[i].help);
		free(text);
		return is_good;
	}
	diag_add(diag, DIAG_ERROR, NULL, 0, "no option \"%.*s\"; :set shows all", (int)name.n,
		 name.s);
	return false;
}

void
options_print(const struct options *options, struct buf *out)
{
	for (size_t i = 0; i < NOPTIONS; i++) {
		struct options copy = *options;
		int value = *field(&copy, &table[i]);

		if (table[i].type == OPTION_NUMBER)
			buf_printf(out, "set %s %d\t%s\n", table[i].name, value, table[i].help);
		else
			buf_printf(out, "set %s %s\t%s\n", table[i].name,
				   table[i].choice ? table[i].choice[value] : value ? "on" : "off",
				   table[i].help);
	}
}

void
reader_print_options(struct buf *out)
{
	for (size_t i = 0; i < NOPTIONS; i++)
		buf_printf(out, "%s\t%s\n", table[i].name, table[i].help);
}

void
config_run(struct reader *reader, struct slice text, const char *path, struct diag *diag)
{
	unsigned number = 0;

	while (text.s) {
		struct slice line = slice_trim(slice_cut(&text, '\n'));
		struct diag wrong = { 0 };

		number++;
		if (line.n == 0 || line.s[0] == '#')
			continue;
		if (!reader_run(reader, line, &wrong))
			diag_add(diag, DIAG_WARNING, path, number, "%s",
				 wrong.n ? wrong.message[0].text : "cannot be run");
		diag_fini(&wrong);
	}
}

void
config_load(struct reader *reader, struct diag *diag)
{
	char *path = path_of(FOLDER_CONFIG, "config");
	struct file *file;

	config_run(reader, slice_of(defaults_text), "built-in defaults", diag);
	if (path && file_exists(path) && (file = file_open(path, diag))) {
		config_run(reader, file->bytes, path, diag);
		file_close(file);
	}
	free(path);
}
