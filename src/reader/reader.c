#include "reader/reader.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "reader/internal.h"

static void
add_path(struct reader *reader, const char *path)
{
	for (size_t i = 0; i < reader->npath; i++)
		if (strcmp(reader->path[i], path) == 0)
			return;
	reader->path = xrealloc(reader->path, (reader->npath + 1) * sizeof *reader->path);
	reader->path[reader->npath++] = xstrdup(path);
}

/* Without a name on the command line: what was read last, then what ships. */
static void
offer_articles(struct reader *reader)
{
	char *folder = path_shipped(reader->start->program, "articles"), **shipped;
	size_t n = 0;
	struct recent *recent = store_recent(reader->store, 20, &n);

	for (size_t i = 0; i < n; i++)
		if (file_exists(recent[i].path))
			add_path(reader, recent[i].path);
	recent_fini(recent, n);
	shipped = file_list(folder, ".md .txt", &n);
	for (size_t i = 0; i < n; i++) {
		add_path(reader, shipped[i]);
		free(shipped[i]);
	}
	free(shipped);
	free(folder);
}

static bool
open_first(struct reader *reader, struct diag *diag)
{
	struct diag wrong = { 0 };
	const struct reader_start *start = reader->start;
	bool is_good;

	if (start->npath == 0) {
		offer_articles(reader);
		reader_show_articles(reader);
		return true;
	}
	for (size_t i = 0; i < start->npath; i++)
		add_path(reader, start->path[i]);
	is_good = article_open(reader, 0, diag);
	if (is_good && start->section) {
		size_t section =
			document_find_number(reader->article.doc, slice_of(start->section));

		if (section != NO_SECTION)
			text_pane_go(&reader->text, reader->article.doc->section[section].at.start);
		else
			diag_add(&wrong, DIAG_WARNING, NULL, 0, "no section %s", start->section);
	}
	if (is_good && start->command)
		reader_run(reader, slice_of(start->command), &wrong);
	if (wrong.n)
		reader_say_message(reader, true, "%s", wrong.message[0].text);
	diag_fini(&wrong);
	return is_good;
}

/* The first warning goes to the status bar; how many more there are is said. */
static void
show_warnings(struct reader *reader, const struct diag *diag)
{
	const struct diag_message *first = diag->message;

	if (diag->n == 0)
		return;
	if (first->line)
		reader_say_message(reader, true, "%s:%u: %s", first->path, first->line, first->text);
	else
		reader_say_message(reader, true, "%s%s%s", first->path, *first->path ? ": " : "",
				   first->text);
	if (diag->n > 1)
		buf_printf(&reader->message, " (and %zu more)", diag->n - 1);
}

struct reader *
reader_open(const struct reader_start *start, struct diag *diag)
{
	struct reader *reader = xcalloc(1, sizeof *reader);
	struct diag warnings = { 0 };
	char *state = path_of(FOLDER_STATE, "state.db");

	reader->start = start;
	reader->found_at = NOWHERE;
	reader->gloss.selected = NOWHERE;
	if (pipe(reader->notify) == 0) {
		for (int i = 0; i < 2; i++) {
			fcntl(reader->notify[i], F_SETFL, O_NONBLOCK);
			fcntl(reader->notify[i], F_SETFD, FD_CLOEXEC);
		}
	}
	text_pane_init(&reader->text, NULL);
	config_load(reader, &warnings);
	reader->lexicon = reader_lexicon(start->program, start->glossary, start->nglossary, &warnings);
	reader->gloss.lexicon = reader->lexicon;
	if (state)
		reader->store = store_open(state, &warnings);
	else
		diag_add(&warnings, DIAG_WARNING, NULL, 0, "no HOME: the place will not be remembered");
	free(state);
	if (!open_first(reader, diag)) {
		reader_close(reader);
		reader = NULL;
	} else if (reader->message.n == 0) {
		show_warnings(reader, &warnings);
	}
	diag_fini(&warnings);
	return reader;
}

void
reader_close(struct reader *reader)
{
	if (!reader)
		return;
	article_close(reader);
	store_close(reader->store);
	text_pane_fini(&reader->text);
	gloss_pane_fini(&reader->gloss);
	list_fini(&reader->outline);
	list_fini(&reader->index);
	list_fini(&reader->concordance);
	list_fini(&reader->list);
	arena_fini(&reader->outline_text);
	arena_fini(&reader->index_text);
	arena_fini(&reader->list_text);
	buf_fini(&reader->filter);
	buf_fini(&reader->query);
	buf_fini(&reader->message);
	buf_fini(&reader->prompt.text);
	found_fini(&reader->found);
	free(reader->hits.hit);
	free(reader->marked);
	free(reader->history.off);
	keymap_fini(&reader->keymap);
	lexicon_free(reader->lexicon);
	surface_fini(&reader->surface);
	for (size_t i = 0; i < STYLES; i++)
		free(reader->color[i]);
	for (size_t i = 0; i < reader->npath; i++)
		free(reader->path[i]);
	free(reader->path);
	close(reader->notify[0]);
	close(reader->notify[1]);
	free(reader);
}

int
reader_fd(const struct reader *reader)
{
	return reader->notify[0];
}

void
reader_idle(struct reader *reader)
{
	article_save_position(reader);
}

enum reader_wish
reader_wish(struct reader *reader)
{
	enum reader_wish wish = reader->wish;

	reader->wish = WISH_NOTHING;
	return wish;
}

bool
reader_wants_mouse(const struct reader *reader)
{
	return reader->options.mouse;
}

const char *
reader_color(const struct reader *reader, enum style style)
{
	return reader->color[style] ? reader->color[style] : "normal";
}

void
reader_print_keys(struct buf *out)
{
	static const struct reader_start start;
	struct reader *reader = xcalloc(1, sizeof *reader);
	struct diag diag = { 0 };

	reader->start = &start;
	config_load(reader, &diag);
	for (size_t i = 0; i < reader->keymap.n; i++) {
		const struct binding *b = &reader->keymap.binding[i];

		buf_printf(out, "%s\t%s\t%s\t", scope_name(b->context), b->key, b->command);
		command_help(slice_of(b->command), out);
		buf_add_byte(out, '\n');
	}
	keymap_fini(&reader->keymap);
	for (size_t i = 0; i < STYLES; i++)
		free(reader->color[i]);
	free(reader);
	diag_fini(&diag);
}

static bool
is_in(struct area area, size_t row, size_t col)
{
	return row >= area.row && row < area.row + area.rows && col >= area.col &&
	       col < area.col + area.cols;
}

static void
click_text(struct reader *reader, size_t row, size_t col)
{
	size_t off = text_pane_at(&reader->text, row - reader->text_area.row,
				  col - reader->text_area.col);

	reader->focus = IN_TEXT;
	for (size_t i = 0; i < reader->hits.n && off != NOWHERE; i++) {
		const struct hit *hit = &reader->hits.hit[i];

		if (hit->kind == HIT_MAIN && off >= hit->start && off < hit->start + hit->length)
			reader->current = (struct range){ hit->start, hit->start + hit->length };
	}
}

static void
click(struct reader *reader, size_t row, size_t col)
{
	struct list *list = reader_list(reader);
	size_t at = NOWHERE;

	if (list && is_in(reader->list_area, row, col)) {
		at = list_at(list, row - reader->list_area.row);
		if (at != NOWHERE)
			list->selected = at;
	} else if (is_in(reader->outline_area, row, col)) {
		at = list_at(&reader->outline, row - reader->outline_area.row);
		if (at != NOWHERE)
			reader_go_section(reader, reader->outline.item[at].data);
		at = NOWHERE;
	} else if (is_in(reader->gloss_area, row, col)) {
		at = gloss_pane_at(&reader->gloss, row - reader->gloss_area.row,
				   reader->gloss_area.cols);
		if (at != NOWHERE)
			reader->current = reader->gloss.entry[at].at;
		at = NOWHERE;
	} else if (is_in(reader->text_area, row, col)) {
		click_text(reader, row, col);
	}
	if (at != NOWHERE)
		reader_run(reader, SLICE("open"), NULL);
}

void
reader_mouse(struct reader *reader, enum reader_button button, size_t row, size_t col)
{
	struct list *list = reader_list(reader);

	if (reader->prompt.kind != PROMPT_NONE || (!reader->article.doc && !list))
		return;
	buf_clear(&reader->message);
	if (button == BUTTON_CLICK)
		click(reader, row, col);
	else if (list)
		list_move(list, button == BUTTON_UP ? -3 : 3);
	else if (button == BUTTON_UP || !reader->text.is_end)
		text_pane_scroll(&reader->text, button == BUTTON_UP ? -3 : 3);
}

size_t
reader_check_tables(struct diag *diag)
{
	struct buf keys = { 0 };
	struct slice rest;
	size_t n = 0;

	reader_print_keys(&keys);
	rest = buf_slice(&keys);
	while (rest.n) {
		struct slice line = slice_cut(&rest, '\n'), context = slice_cut(&line, '\t');
		struct slice key = slice_cut(&line, '\t'), command = slice_cut(&line, '\t');

		if (slice_is(context, "prompt") || line.n)
			continue; /* a command of its own table, or one with a help line */
		n++;
		diag_add(diag, DIAG_ERROR, "defaults", 0, "%.*s is bound to %.*s: no such command",
			 (int)key.n, key.s, (int)command.n, command.s);
	}
	buf_fini(&keys);
	return n;
}
