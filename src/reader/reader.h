/*
 * The session: one reader with its articles, glossaries, position, commands, options and keys.
 * Knows no terminal: keys come in by name, a surface of cells goes out.
 */
#ifndef READER_READER_H
#define READER_READER_H

#include "base/diag.h"
#include "view/surface.h"

struct reader;

struct reader_start {
	char **path; /* articles; none: the list of shipped and recent ones */
	size_t npath;
	const char *const *glossary; /* of --glossary, most important first */
	size_t nglossary;
	const char *encoding, *heading; /* NULL: detect, find */
	const char *command; /* run after opening ("+/text", "+N"); NULL: none */
	const char *section; /* "2.1": begin there */
	const char *program; /* argv[0]: to find what ships beside it */
};

/* NULL with errors in diag when there is nothing to read. Warnings go to the status bar. */
struct reader *reader_open(const struct reader_start *start, struct diag *diag);
void reader_close(struct reader *reader);

/* A key by its name: "j", "Space", "Ctrl-o", "Alt-Left", "PageDown", "中". */
void reader_key(struct reader *reader, const char *key);
enum reader_button { BUTTON_CLICK, BUTTON_UP, BUTTON_DOWN };
void reader_mouse(struct reader *reader, enum reader_button button, size_t row, size_t col);
/* Composes the screen; valid until the next call of any function here. */
const struct surface *reader_draw(struct reader *reader, size_t rows, size_t cols);
/* A file descriptor that is readable when the worker has news; then reader_work(). */
int reader_fd(const struct reader *reader);
/* Takes over what the worker made. True when the screen changed. */
bool reader_work(struct reader *reader);
/* Nothing happened for a while: saves the position. */
void reader_idle(struct reader *reader);

/* What a command asks of the terminal; answered once. */
enum reader_wish { WISH_NOTHING, WISH_QUIT, WISH_SUSPEND, WISH_REDRAW };
enum reader_wish reader_wish(struct reader *reader);
bool reader_wants_mouse(const struct reader *reader);
/* For --plain: the line the reader is on, and its terms, as text. */
void reader_say(struct reader *reader, struct buf *out);
/* The attributes a style has by the configuration: "bold underline cyan". */
const char *reader_color(const struct reader *reader, enum style style);

/* paths.c: where things are; the caller frees. */
enum folder { FOLDER_CONFIG, FOLDER_DATA, FOLDER_STATE };
char *path_of(enum folder folder, const char *name);
/* "glossary" or "articles" beside the program in a build tree, else under the share folder. */
char *path_shipped(const char *program, const char *name);

/*
 * The lexicon of a session: `glossary` files first, then the user's folder, then what ships.
 * The caller frees it.
 */
struct lexicon;
struct lexicon *reader_lexicon(const char *program, const char *const *glossary, size_t n,
			       struct diag *diag);

/* The tables, printed for the manual and for `:help`. */
void reader_print_keys(struct buf *out);
void reader_print_commands(struct buf *out);
void reader_print_options(struct buf *out);
/* Errors in the table of keys: bound twice, or to no command. */
size_t reader_check_tables(struct diag *diag);

#endif
