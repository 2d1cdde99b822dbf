/* What the verbs share. */
#ifndef COMMAND_INTERNAL_H
#define COMMAND_INTERNAL_H

#include <stdio.h>

#include "import/import.h"
#include "reader/reader.h"
#include "study/study.h"

struct json_t;

enum { EXIT_DONE = 0, EXIT_NONE = 1, EXIT_WRONG = 2 };

/* The command line, taken apart. Texts belong to argv. */
struct args {
	const char *program;
	const char *verb;
	char **word; /* what is no option */
	size_t nword;
	const char **glossary;
	size_t nglossary;
	const char *encoding, *heading, *section, *dump, *command, *order;
	int width, height;
	bool json, plain, pinyin, english, strict, completion, tables, help, version;
	char *file_section; /* of FILE#SECTION: owned */
	struct diag diag;
};

/* A row of the table of options. */
struct flag {
	const char *name; /* without the dashes */
	const char *value; /* what its value is called; NULL: it has none */
	const char *help;
	bool (*set)(struct args *args, const char *value);
};
extern const struct flag flags[];
extern const size_t nflags;

struct verb {
	const char *name;
	const char *usage; /* what follows the name */
	const char *help;
	const char *flags; /* those it takes, space separated */
	int (*run)(struct args *args);
};
extern const struct verb verbs[];
extern const size_t nverbs;

int run_read(struct args *args);
int run_print(struct args *args);
int run_toc(struct args *args);
int run_index(struct args *args);
int run_glossary(struct args *args);
int run_lookup(struct args *args);
int run_search(struct args *args);
int run_info(struct args *args);
int run_convert(struct args *args);
int run_help(struct args *args);

/* args.c */
/* One line on stderr; returns EXIT_WRONG. */
int complain(const char *path, const char *what);
/* Prints what is in the diag (control characters made visible); EXIT_WRONG if there are errors. */
int print_diag(const struct diag *diag);

/* work.c: the article a verb is about. */
struct work {
	struct file *file;
	struct document *doc;
	struct lexicon *lexicon;
	struct study *study;
	struct range at; /* of --section, or everything */
	struct arena arena;
};
enum work_depth { WORK_DOCUMENT, WORK_STUDY };
/* Opens the file that is the word `i` of args; false after complaining. */
bool work_open(struct work *work, struct args *args, size_t i, enum work_depth depth);
void work_close(struct work *work);
/* Writes text to stdout; made harmless when that is a terminal. */
void put_text(struct slice text);

/* shapes.c: the JSON of DESIGN §5 */
struct json_t *answer_new(const struct args *args, const char *file);
void shape_text(struct json_t *object, const char *key, struct slice text); /* well-formed UTF-8 */
void shape_place(struct json_t *object, struct work *work, struct range at);
void shape_term(struct json_t *object, const struct lexicon *lexicon, const struct term *term);
void shape_section(struct json_t *object, struct work *work, size_t section);
/* The context of a place in one line. */
void add_context(struct work *work, struct range at, size_t cols, struct buf *out);
int print_answer(struct json_t *answer);

#endif
