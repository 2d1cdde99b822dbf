/* The commands: one table, from which help, the manual and completion are printed. */
#include <stdio.h>
#include <stdlib.h>

#include "reader/internal.h"
#include "text/decode.h"

/* What a command is given. */
struct call {
	struct reader *reader;
	struct slice argument; /* the rest of the line */
	struct diag *diag;
};

struct command {
	const char *name, *help;
	bool (*run)(struct call *call);
};

static bool
refuse(struct call *call, const char *why)
{
	diag_add(call->diag, DIAG_ERROR, NULL, 0, "%s", why);
	return false;
}

/* The count typed before the key, or `fallback`; it is used up. */
static size_t
take_count(struct reader *reader, size_t fallback)
{
	size_t n = reader->has_count ? reader->count : fallback;

	reader->has_count = false;
	reader->count = 0;
	return n;
}

static bool
move_rows(struct call *call, long rows)
{
	struct reader *reader = call->reader;
	struct list *list = reader_list(reader);

	if (list)
		list_move(list, rows);
	else
		text_pane_scroll(&reader->text, rows);
	return true;
}

static long
page_rows(struct reader *reader)
{
	size_t rows = reader_list(reader) ? reader->list_area.rows : reader->text.rows;

	return rows > 2 ? (long)rows - 1 : 1;
}

/* Down, unless the end is on the screen already. */
static bool
move_down(struct call *call, long rows)
{
	struct reader *reader = call->reader;

	if (!reader_list(reader)) {
		text_pane_arrange(&reader->text);
		if (reader->text.is_end) {
			reader_say_message(reader, false, "end");
			return true;
		}
	}
	return move_rows(call, rows);
}

static bool
next_row(struct call *call)
{
	return move_down(call, (long)take_count(call->reader, 1));
}

static bool
prev_row(struct call *call)
{
	return move_rows(call, -(long)take_count(call->reader, 1));
}

static bool
next_page(struct call *call)
{
	return move_down(call, page_rows(call->reader));
}

static bool
prev_page(struct call *call)
{
	return move_rows(call, -page_rows(call->reader));
}

static bool
next_half(struct call *call)
{
	return move_down(call, (page_rows(call->reader) + 1) / 2);
}

static bool
prev_half(struct call *call)
{
	return move_rows(call, -(page_rows(call->reader) + 1) / 2);
}

static size_t
line_start(const struct document *doc, size_t line)
{
	size_t off = 0;

	for (; line > 1 && off < doc->text.n; line--) {
		const char *end = memchr(doc->text.s + off, '\n', doc->text.n - off);

		off = end ? (size_t)(end - doc->text.s) + 1 : doc->text.n;
	}
	return off;
}

static bool
go_start(struct call *call)
{
	struct reader *reader = call->reader;
	struct list *list = reader_list(reader);

	if (list)
		list_move(list, -(long)list->n);
	else
		reader_jump(reader, line_start(reader->article.doc, take_count(reader, 1)));
	return true;
}

static bool
go_line(struct call *call)
{
	char *text = xstrcopy(call->argument);
	long line = strtol(text, NULL, 10);

	free(text);
	if (line < 1)
		return refuse(call, "go-line N: a line of the article, from 1");
	reader_jump(call->reader, line_start(call->reader->article.doc, (size_t)line));
	return true;
}

static bool
go_end(struct call *call)
{
	struct reader *reader = call->reader;
	struct list *list = reader_list(reader);

	if (list) {
		list_move(list, (long)list->n);
	} else if (reader->has_count) {
		return go_start(call);
	} else {
		reader_jump(reader, reader->text.top.off);
		text_pane_go_end(&reader->text);
	}
	return true;
}

static bool
go_percent(struct call *call)
{
	struct reader *reader = call->reader;
	size_t percent = take_count(reader, 0);

	percent = percent > 100 ? 100 : percent;
	reader_jump(reader, reader->article.doc->text.n / 100 * percent +
				    reader->article.doc->text.n % 100 * percent / 100);
	return true;
}

static bool
next_section(struct call *call)
{
	struct reader *reader = call->reader;
	const struct document *doc = reader->article.doc;
	size_t at = document_find_section(doc, reader_top(reader));

	at = (at == NO_SECTION ? 0 : at + 1) + take_count(reader, 1) - 1;
	if (at < doc->nsection)
		reader_go_section(reader, at);
	else
		reader_say_message(reader, false, doc->complete ? "no section after this one" :
								  "still looking for sections");
	return true;
}

static bool
prev_section(struct call *call)
{
	struct reader *reader = call->reader;
	const struct document *doc = reader->article.doc;
	size_t at = document_find_section(doc, reader_top(reader)), n = take_count(reader, 1);

	if (at != NO_SECTION && doc->section[at].at.start < reader->text.top.off)
		at++; /* inside: its own beginning comes first */
	if (at == NO_SECTION || at < n)
		reader_jump(reader, 0);
	else
		reader_go_section(reader, at - n);
	return true;
}

static bool
next_paragraph(struct call *call)
{
	struct reader *reader = call->reader;
	struct document *doc = reader->article.doc;
	struct block_at at = document_find_block(doc, reader->text.top.off);

	for (size_t n = take_count(reader, 1); n > 0 && at.block; n--)
		at = document_next_block(doc, at);
	if (at.block)
		text_pane_go(&reader->text, at.block->at.start);
	return true;
}

static bool
prev_paragraph(struct call *call)
{
	struct reader *reader = call->reader;
	struct document *doc = reader->article.doc;
	struct block_at at = document_find_block(doc, reader->text.top.off);

	for (size_t n = take_count(reader, 1); n > 0 && at.block; n--)
		if (at.block->at.start >= reader->text.top.off || n > 1)
			at = document_prev_block(doc, at);
	text_pane_go(&reader->text, at.block ? at.block->at.start : 0);
	return true;
}

static bool
search(struct call *call)
{
	struct reader *reader = call->reader;

	if (call->argument.n == 0) {
		prompt_open(reader, PROMPT_SEARCH);
		return true;
	}
	buf_clear(&reader->query);
	buf_add(&reader->query, call->argument);
	reader_jump(reader, reader->text.top.off);
	reader_search(reader, call->argument, false, reader->text.top.off);
	return true;
}

static bool
search_back(struct call *call)
{
	struct reader *reader = call->reader;

	if (call->argument.n == 0) {
		prompt_open(reader, PROMPT_BACK);
		return true;
	}
	buf_clear(&reader->query);
	buf_add(&reader->query, call->argument);
	reader_jump(reader, reader->text.top.off);
	reader_search(reader, call->argument, true, reader->text.top.off);
	return true;
}

static bool
next_found(struct call *call)
{
	reader_search_next(call->reader, 1);
	return true;
}

static bool
prev_found(struct call *call)
{
	reader_search_next(call->reader, -1);
	return true;
}

static bool
mark(struct call *call)
{
	prompt_open(call->reader, PROMPT_MARK);
	return true;
}

static bool
go_mark(struct call *call)
{
	prompt_open(call->reader, PROMPT_GO_MARK);
	return true;
}

static bool
back(struct call *call)
{
	struct reader *reader = call->reader;
	size_t off;

	if (reader->page == PAGE_CONCORDANCE) {
		reader_show_index(reader);
	} else if (reader->page != PAGE_TEXT && reader->article.doc) {
		reader->page = PAGE_TEXT;
	} else if (history_back(&reader->history, reader->text.top.off, &off)) {
		text_pane_go(&reader->text, off);
	} else {
		reader_say_message(reader, false, "no place to go back to");
	}
	return true;
}

static bool
forward(struct call *call)
{
	size_t off;

	if (history_forward(&call->reader->history, call->reader->text.top.off, &off))
		text_pane_go(&call->reader->text, off);
	else
		reader_say_message(call->reader, false, "no place ahead");
	return true;
}

static bool
next_pane(struct call *call)
{
	struct reader *reader = call->reader;

	if (reader->page != PAGE_TEXT && reader->page != PAGE_GLOSSARY)
		return true;
	if (reader->gloss_area.rows == 0 && reader->page == PAGE_TEXT && reader->focus == IN_TEXT) {
		reader->page = PAGE_GLOSSARY; /* no room beside the text: a page of its own */
		reader->focus = IN_GLOSSARY;
	} else if (reader->focus == IN_TEXT) {
		reader->focus = IN_GLOSSARY;
	} else if (reader->focus == IN_GLOSSARY && reader->options.outline &&
		   reader->page == PAGE_TEXT) {
		reader->focus = IN_OUTLINE;
	} else {
		reader->focus = IN_TEXT;
		reader->page = PAGE_TEXT;
	}
	if (reader->focus == IN_GLOSSARY && !reader->current.end && reader->gloss.n)
		reader->current = reader->gloss.entry[0].at;
	return true;
}

/* In the glossary pane one goes entry by entry, in the text hit by hit. */
static bool
step_entry(struct reader *reader, int direction)
{
	const struct gloss_pane *gloss = &reader->gloss;
	size_t at = gloss->selected;

	if (reader->focus != IN_GLOSSARY || at == NOWHERE)
		return false;
	if (direction > 0 ? at + 1 >= gloss->n : at == 0)
		return false;
	reader->current = gloss->entry[direction > 0 ? at + 1 : at - 1].at;
	return true;
}

static bool
next_term(struct call *call)
{
	struct reader *reader = call->reader;

	reader->gloss.reveal = false;
	if (!step_entry(reader, 1) && !reader_step_term(reader, 1))
		reader_say_message(reader, false, "no term after this one");
	return true;
}

static bool
prev_term(struct call *call)
{
	struct reader *reader = call->reader;

	reader->gloss.reveal = false;
	if (!step_entry(reader, -1) && !reader_step_term(reader, -1))
		reader_say_message(reader, false, "no term before this one");
	return true;
}

static bool
open_current_term(struct reader *reader)
{
	const struct gloss_pane *gloss = &reader->gloss;

	if (gloss->selected == NOWHERE)
		return reader_step_term(reader, 1);
	if (reader->options.hide && !gloss->reveal) {
		reader->gloss.reveal = true;
		return true;
	}
	if (!reader->article.study)
		reader_say_message(reader, true, "the index is still being made");
	else
		reader_show_concordance(
		    reader, lexicon_best(reader->lexicon, gloss->entry[gloss->selected].key));
	return true;
}

static bool
open_item(struct call *call)
{
	struct reader *reader = call->reader;
	struct list *list = reader_list(reader);
	const struct list_item *item = list && list->selected < list->n ?
					       &list->item[list->selected] : NULL;

	if (!list)
		return open_current_term(reader);
	if (!item)
		return true;
	if (reader->page == PAGE_INDEX)
		reader_show_concordance(reader, (uint32_t)item->data);
	else if (reader->page == PAGE_CONCORDANCE) {
		struct range at = { item->data, item->data + 1 };

		history_add(&reader->history, reader->text.top.off);
		reader->page = PAGE_TEXT;
		text_pane_show(&reader->text, at.start);
		reader_update(reader);
		for (size_t i = 0; i < reader->hits.n; i++)
			if (reader->hits.hit[i].start == at.start &&
			    lexicon_best(reader->lexicon, reader->hits.hit[i].key) ==
				reader->concordance_term)
				at.end = at.start + reader->hits.hit[i].length;
		reader->current = at;
	} else if (reader->page == PAGE_ARTICLES) {
		return article_open(reader, item->data, call->diag);
	} else if (reader->page == PAGE_TEXT) {
		reader_go_section(reader, item->data);
	}
	return true;
}

static bool
outline(struct call *call)
{
	struct reader *reader = call->reader;

	if (reader->focus == IN_OUTLINE) {
		reader->options.outline = false;
		reader->focus = IN_TEXT;
	} else {
		reader->page = PAGE_TEXT;
		reader->options.outline = true;
		reader_show_outline(reader); /* the selection begins at the section one is in */
		reader->focus = IN_OUTLINE;
	}
	return true;
}

static bool
show_index(struct call *call)
{
	if (call->reader->page == PAGE_INDEX)
		call->reader->page = PAGE_TEXT;
	else
		reader_show_index(call->reader);
	return true;
}

static bool
filter(struct call *call)
{
	prompt_open(call->reader, PROMPT_FILTER);
	return true;
}

static bool
order(struct call *call)
{
	struct reader *reader = call->reader;

	reader->options.order = (reader->options.order + 1) % INDEX_ORDERS;
	if (reader->page == PAGE_INDEX)
		reader_show_index(reader);
	return true;
}

static bool
marking(struct call *call)
{
	static const char *const name[] = { "first in a section", "all", "none" };
	struct reader *reader = call->reader;

	reader->options.marking = (reader->options.marking + 1) % 3;
	reader_say_message(reader, false, "marked: %s", name[reader->options.marking]);
	return true;
}

static bool
hide(struct call *call)
{
	call->reader->options.hide = !call->reader->options.hide;
	call->reader->gloss.reveal = false;
	return true;
}

static bool
change_width(struct reader *reader, int by)
{
	int width = reader->options.width + by;

	reader->options.width = width < 20 ? 20 : width > 400 ? 400 : width;
	reader_say_message(reader, false, "width %d", reader->options.width);
	return true;
}

static bool
narrower(struct call *call)
{
	return change_width(call->reader, -2);
}

static bool
wider(struct call *call)
{
	return change_width(call->reader, 2);
}

static bool
reload(struct call *call)
{
	return article_reload(call->reader, true);
}

static bool
toggle_mouse(struct call *call)
{
	call->reader->options.mouse = !call->reader->options.mouse;
	reader_say_message(call->reader, false, "mouse %s", call->reader->options.mouse ?
			   "on" : "off: the terminal selects text");
	return true;
}

static bool
change_file(struct call *call, size_t to)
{
	struct reader *reader = call->reader;

	if (to >= reader->npath) {
		reader_say_message(reader, false, "no other file");
		return true;
	}
	return article_open(reader, to, call->diag);
}

static bool
next_file(struct call *call)
{
	return change_file(call, call->reader->at_path + 1);
}

static bool
prev_file(struct call *call)
{
	return change_file(call, call->reader->at_path - 1);
}

static bool
quit(struct call *call)
{
	call->reader->wish = WISH_QUIT;
	return true;
}

static bool
suspend(struct call *call)
{
	call->reader->wish = WISH_SUSPEND;
	return true;
}

static bool
redraw(struct call *call)
{
	call->reader->wish = WISH_REDRAW;
	return true;
}

/* Esc: backs out of whatever there is to back out of; never quits a text. */
static bool
escape(struct call *call)
{
	struct reader *reader = call->reader;

	if (reader->page == PAGE_ARTICLES && !reader->article.doc) {
		reader->wish = WISH_QUIT;
	} else if (reader->page == PAGE_CONCORDANCE) {
		return back(call);
	} else if (reader->page != PAGE_TEXT) {
		reader->page = reader->article.doc ? PAGE_TEXT : PAGE_ARTICLES;
		reader->focus = IN_TEXT;
		if (!reader->article.doc)
			reader_show_articles(reader);
	} else if (reader->focus != IN_TEXT) {
		reader->focus = IN_TEXT;
	} else {
		reader->current = (struct range){ 0, 0 };
		reader_search_clear(reader);
	}
	return true;
}

static bool
help(struct call *call)
{
	if (call->reader->page != PAGE_HELP)
		reader_show_help(call->reader);
	return true;
}

static bool
command_line(struct call *call)
{
	prompt_open(call->reader, PROMPT_COMMAND);
	return true;
}

static bool
set(struct call *call)
{
	struct reader *reader = call->reader;
	struct slice value = call->argument, name;
	struct buf text = { 0 };

	if (value.n == 0) {
		options_print(&reader->options, &text);
		for (size_t i = 0; i < text.n; i++)
			if (text.s[i] == '\n')
				text.s[i] = ';';
			else if (text.s[i] == '\t')
				text.s[i] = ' ';
		reader_say_message(reader, false, "%s", buf_text(&text));
		buf_fini(&text);
		return true;
	}
	name = slice_cut(&value, ' ');
	return option_set(&reader->options, name, slice_trim(value), call->diag);
}

static bool
map(struct call *call)
{
	struct slice rest = call->argument, where = slice_cut(&rest, ' ');
	struct slice key = slice_cut(&rest, ' '), command = slice_trim(rest);
	enum scope context;

	if (!scope_find(where, &context))
		return refuse(call, "map CONTEXT KEY COMMAND: the context is text, glossary, outline, "
				    "index, list or prompt");
	if (key.n == 0 || command.n == 0)
		return refuse(call, "map CONTEXT KEY COMMAND: the key or the command is missing");
	keymap_bind(&call->reader->keymap, context, key, command);
	return true;
}

static bool
color(struct call *call)
{
	struct slice rest = call->argument, name = slice_cut(&rest, ' ');
	enum style style;

	if (!style_find(name, &style))
		return refuse(call, "color STYLE ATTRIBUTES: no such style; man duizhao-config");
	free(call->reader->color[style]);
	call->reader->color[style] = xstrcopy(slice_trim(rest));
	return true;
}

static bool
heading(struct call *call)
{
	struct reader *reader = call->reader;
	struct slice level = slice_trim(call->argument);

	if (!reader->article.doc)
		return true;
	if (slice_is(level, "none"))
		article_correct(reader, reader_here(reader), 0);
	else if (level.n == 1 && level.s[0] >= '1' && level.s[0] <= '9')
		article_correct(reader, reader_here(reader), level.s[0] - '0');
	else
		return refuse(call, "heading LEVEL: 1 to 9, or none, for the line of the term or at the top");
	return true;
}

static bool
encoding(struct call *call)
{
	struct reader *reader = call->reader;
	struct article *article = &reader->article;
	char *wanted = xstrcopy(slice_trim(call->argument));
	const char *name = encoding_find(wanted);
	unsigned long long percent;

	free(wanted);
	if (!article->doc)
		return true;
	if (!name)
		return refuse(call, "encoding NAME: no such encoding; try GB18030, Big5, UTF-16LE");
	percent = article->doc->text.n ?
			  (unsigned long long)reader->text.top.off * 10000 / article->doc->text.n : 0;
	free(article->encoding);
	article->encoding = xstrdup(name);
	if (!article_reload(reader, false))
		return true;
	/* another encoding, other offsets: the same share of the text, at a line */
	text_pane_go(&reader->text, document_find_block(article->doc,
		     (size_t)(percent * article->doc->text.n / 10000)).block ?
		     document_find_block(article->doc,
		     (size_t)(percent * article->doc->text.n / 10000)).block->at.start : 0);
	store_save_setting(reader->store, article->id, "encoding", name);
	return true;
}

static const struct command table[] = {
	{ "next-row", "down a row, or N", next_row },
	{ "prev-row", "up a row, or N", prev_row },
	{ "next-page", "down a page", next_page },
	{ "prev-page", "up a page", prev_page },
	{ "next-half", "down half a page", next_half },
	{ "prev-half", "up half a page", prev_half },
	{ "go-start", "to the beginning, or to line N", go_start },
	{ "go-end", "to the end, or to line N", go_end },
	{ "go-line", "go-line N: to line N", go_line },
	{ "go-percent", "to N percent of the text", go_percent },
	{ "next-section", "to the next section", next_section },
	{ "prev-section", "to the section before", prev_section },
	{ "next-paragraph", "to the next paragraph", next_paragraph },
	{ "prev-paragraph", "to the paragraph before", prev_paragraph },
	{ "search", "search on; ~ before it: pinyin or English", search },
	{ "search-back", "search back (:?text)", search_back },
	{ "next-found", "to the next place found", next_found },
	{ "prev-found", "to the place found before", prev_found },
	{ "mark", "set a mark: m and a letter", mark },
	{ "go-mark", "go to a mark: ' and its letter; '' the last place", go_mark },
	{ "back", "back to where you were", back },
	{ "forward", "forward again", forward },
	{ "next-pane", "to the next pane", next_pane },
	{ "next-term", "to the next term", next_term },
	{ "prev-term", "to the term before", prev_term },
	{ "open", "open what is selected: a term's occurrences, a section", open_item },
	{ "outline", "show or leave the outline", outline },
	{ "index", "the keyword index", show_index },
	{ "filter", "filter the index by Chinese, pinyin or English", filter },
	{ "order", "the next order of the index", order },
	{ "marking", "mark first occurrences, all, none", marking },
	{ "hide", "hide pinyin and English; Enter reveals one", hide },
	{ "narrower", "narrower lines of text", narrower },
	{ "wider", "wider lines of text", wider },
	{ "reload", "read the file again, keeping the place", reload },
	{ "mouse", "release or take the mouse", toggle_mouse },
	{ "n", "next file", next_file },
	{ "p", "file before", prev_file },
	{ "command", "a command line; :2.1 goes to section 2.1", command_line },
	{ "set", "set OPTION VALUE", set },
	{ "map", "map CONTEXT KEY COMMAND", map },
	{ "color", "color STYLE ATTRIBUTES", color },
	{ "heading", "heading LEVEL|none: correct the line here", heading },
	{ "encoding", "encoding NAME: read the article in it", encoding },
	{ "help", "the keys of this place", help },
	{ "redraw", "draw the screen anew", redraw },
	{ "suspend", "back to the shell; fg returns", suspend },
	{ "escape", "back out", escape },
	{ "quit", "quit", quit },
	{ "q", "quit", quit },
};
#define NCOMMANDS (sizeof table / sizeof *table)

static const struct command *
find_command(struct slice name)
{
	for (size_t i = 0; i < NCOMMANDS; i++)
		if (slice_is(name, table[i].name))
			return &table[i];
	return NULL;
}

/* ":2.1": a section by its number. */
static bool
go_number(struct call *call, struct slice number)
{
	struct reader *reader = call->reader;
	size_t section = reader->article.doc ? document_find_number(reader->article.doc, number) :
					       NO_SECTION;

	if (section == NO_SECTION)
		return refuse(call, "no section of that number; t shows the outline");
	reader_go_section(reader, section);
	return true;
}

bool
reader_run(struct reader *reader, struct slice line, struct diag *diag)
{
	struct call call = { reader, { NULL, 0 }, diag };
	const struct command *command;
	struct slice name;

	if (line.n == 0)
		return true;
	if (line.s[0] == '/' || line.s[0] == '?') {
		call.argument = slice_from(line, 1);
		return line.s[0] == '/' ? search(&call) : search_back(&call);
	}
	if (line.s[0] >= '0' && line.s[0] <= '9')
		return go_number(&call, line);
	call.argument = line;
	name = slice_cut(&call.argument, ' ');
	if (!call.argument.s)
		call.argument = (struct slice){ "", 0 };
	command = find_command(name);
	if (command)
		return command->run(&call);
	diag_add(diag, DIAG_ERROR, NULL, 0, "no command \"%.*s\"; ? shows the keys", (int)name.n,
		 name.s);
	return false;
}

void
command_help(struct slice line, struct buf *out)
{
	const struct command *command = find_command(slice_cut(&line, ' '));

	if (command)
		buf_add_text(out, command->help);
}

void
reader_print_commands(struct buf *out)
{
	for (size_t i = 0; i < NCOMMANDS; i++)
		buf_printf(out, "%s\t%s\n", table[i].name, table[i].help);
}

enum scope
reader_scope(const struct reader *reader)
{
	switch (reader->page) {
	case PAGE_INDEX:
		return IN_INDEX;
	case PAGE_CONCORDANCE:
	case PAGE_HELP:
	case PAGE_ARTICLES:
		return IN_LIST;
	default:
		return reader->focus;
	}
}

/* A digit begins or goes on with a count, unless it is bound to something. */
static bool
take_digit(struct reader *reader, const char *key)
{
	if (reader_list(reader) || key[0] < '0' || key[0] > '9' || key[1])
		return false;
	if (reader->count < 100000000)
		reader->count = reader->count * 10 + (size_t)(key[0] - '0');
	reader->has_count = true;
	reader_say_message(reader, false, "%zu", reader->count);
	return true;
}

void
reader_key(struct reader *reader, const char *key)
{
	const char *command;
	struct diag diag = { 0 };

	if (reader->prompt.kind != PROMPT_NONE) {
		prompt_key(reader, key);
		return;
	}
	buf_clear(&reader->message);
	command = keymap_find(&reader->keymap, reader_scope(reader), key);
	if (!command && take_digit(reader, key))
		return;
	if (command && !reader->article.doc && reader->page == PAGE_TEXT)
		command = NULL;
	if (command && !reader_run(reader, slice_of(command), &diag) && diag.n)
		reader_say_message(reader, true, "%s%s%s", diag.message[0].path,
				   diag.message[0].path[0] ? ": " : "", diag.message[0].text);
	if (!command)
		reader_say_message(reader, false, "%s means nothing here; ? shows the keys", key);
	reader->has_count = false;
	reader->count = 0;
	diag_fini(&diag);
}
