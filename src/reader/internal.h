/* What the files of reader/ share. */
#ifndef READER_INTERNAL_H
#define READER_INTERNAL_H

#include "import/import.h"
#include "reader/reader.h"
#include "study/store.h"
#include "study/study.h"
#include "view/glosspane.h"
#include "view/listpane.h"
#include "view/textpane.h"

/* Where keys go. */
enum scope { IN_TEXT, IN_GLOSSARY, IN_OUTLINE, IN_INDEX, IN_LIST, IN_PROMPT, CONTEXTS };

/* What fills the place of the text. */
enum page { PAGE_TEXT, PAGE_INDEX, PAGE_CONCORDANCE, PAGE_HELP, PAGE_ARTICLES, PAGE_GLOSSARY };

enum marking { MARKING_FIRST, MARKING_ALL, MARKING_NONE };

/* The values of the options; the table in options.c says what they are. */
struct options {
	int width;	/* columns of the text measure */
	int marking;	/* enum marking */
	int outline;	/* shown? */
	int mouse;
	int hide;	/* pinyin and English in the pane */
	int order;	/* enum index_order */
};

/* keymap.c */
struct binding {
	enum scope context;
	char *key, *command;
};
struct keymap {
	struct binding *binding;
	size_t n, cap;
};
void keymap_bind(struct keymap *keymap, enum scope context, struct slice key,
		 struct slice command);
const char *keymap_find(const struct keymap *keymap, enum scope context, const char *key);
void keymap_fini(struct keymap *keymap);
const char *scope_name(enum scope context);
bool scope_find(struct slice name, enum scope *context);

/* history.c: places one came from. */
struct history {
	size_t *off;
	size_t n, cap, at; /* off[at..n) lie ahead */
};
void history_add(struct history *history, size_t off);
/* Goes back from `here` (or forward); false when there is nothing. */
bool history_back(struct history *history, size_t here, size_t *off);
bool history_forward(struct history *history, size_t here, size_t *off);

/* worker.c: reads the whole of a long article and makes its index, in a thread. */
struct worker;
struct worker *worker_start(const struct file *file, const struct import_options *options,
			    const struct lexicon *lexicon, int notify);
/* Ends it and frees everything it made and was not taken. NULL is fine. */
void worker_stop(struct worker *worker);
/* Both whole; false while it works. */
bool worker_take(struct worker *worker, struct document **doc, struct study **study);
unsigned worker_percent(const struct worker *worker);

/* The article that is open. */
struct article {
	char *path;	/* as given */
	char *absolute; /* key in the store; NULL for standard input */
	long long id;
	struct file *file;
	struct document *doc;
	struct study *study; /* NULL until made */
	struct worker *worker;
	char *encoding; /* chosen by the user; NULL */
	struct correction *correction;
	size_t ncorrection, cap_correction;
};

enum prompt_kind { PROMPT_NONE, PROMPT_COMMAND, PROMPT_SEARCH, PROMPT_BACK, PROMPT_FILTER,
		   PROMPT_MARK, PROMPT_GO_MARK };

struct prompt {
	enum prompt_kind kind;
	struct buf text;
	size_t cursor; /* bytes */
	size_t origin; /* where an incremental search began */
};

struct reader {
	const struct reader_start *start;
	struct options options;
	struct keymap keymap;
	char *color[STYLES];
	struct lexicon *lexicon;
	struct store *store;
	char **path;
	size_t npath, at_path;
	struct article article;
	struct text_pane text;
	struct gloss_pane gloss;
	struct hits hits; /* of the visible blocks, MATCH_PARTS */
	struct range *marked; /* what is marked of them */
	size_t nmarked, cap_marked;
	struct range current; /* the selected term; empty: none */
	enum page page;
	enum scope focus; /* IN_TEXT, IN_GLOSSARY or IN_OUTLINE on PAGE_TEXT */
	struct list outline, index, concordance, list;
	struct arena outline_text, index_text, list_text;
	struct buf filter;
	uint32_t concordance_term;
	struct prompt prompt;
	struct found found;
	struct buf query;
	size_t found_at; /* index into found, or NOWHERE */
	bool search_back;
	struct history history;
	size_t last_place; /* of '' */
	size_t saved_off;  /* last position in the store */
	size_t count;	   /* typed before a key; 0 none */
	bool has_count;
	struct buf message;
	bool is_warning;
	enum reader_wish wish;
	int notify[2];
	struct surface surface;
	struct area text_area, gloss_area, outline_area, list_area; /* of the last drawing */
};

/* article.c */
bool article_open(struct reader *reader, size_t path, struct diag *diag);
void article_close(struct reader *reader);
/* Reads it again with the options of now; the place is kept. */
bool article_reload(struct reader *reader, bool from_disk);
void article_save_position(struct reader *reader);
void article_correct(struct reader *reader, size_t off, int level);

/* move.c */
void reader_jump(struct reader *reader, size_t off); /* remembers where one was */
void reader_update(struct reader *reader); /* hits and panes after the place changed */
size_t reader_here(const struct reader *reader); /* the selected term's place, else the top's */
/* Where the first row of the screen begins: behind the blank lines that top.off may lie in. */
size_t reader_top(const struct reader *reader);
bool reader_step_term(struct reader *reader, int direction);
void reader_go_section(struct reader *reader, size_t section);

/* lists.c */
void reader_show_outline(struct reader *reader);
void reader_show_index(struct reader *reader);
void reader_show_concordance(struct reader *reader, uint32_t term);
void reader_show_help(struct reader *reader);
void reader_show_articles(struct reader *reader);
struct list *reader_list(struct reader *reader); /* of the page or focus; NULL */

/* find.c */
void reader_search(struct reader *reader, struct slice query, bool back, size_t from);
void reader_search_next(struct reader *reader, int direction);
void reader_search_clear(struct reader *reader);

/* prompt.c */
void prompt_open(struct reader *reader, enum prompt_kind kind);
void prompt_key(struct reader *reader, const char *key);
const char *prompt_label(enum prompt_kind kind);

/* commands.c */
/* Runs one line as typed after ':'; false with an error in diag. */
bool reader_run(struct reader *reader, struct slice line, struct diag *diag);
/* The help line of a command, or of the first word of a line. */
void command_help(struct slice line, struct buf *out);
enum scope reader_scope(const struct reader *reader);

/* options.c */
bool option_set(struct options *options, struct slice name, struct slice value,
		struct diag *diag);
void options_print(const struct options *options, struct buf *out);
/* Runs the lines of a configuration file; errors name `path` and line. */
void config_run(struct reader *reader, struct slice text, const char *path, struct diag *diag);
void config_load(struct reader *reader, struct diag *diag);

void reader_say_message(struct reader *reader, bool is_warning, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
