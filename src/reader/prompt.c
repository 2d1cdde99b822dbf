#include <ctype.h>

#include "reader/internal.h"
#include "text/boundary.h"
#include "text/utf8.h"

static const char *const label[] = {
	[PROMPT_NONE] = "",	  [PROMPT_COMMAND] = ":",  [PROMPT_SEARCH] = "/",
	[PROMPT_BACK] = "?",	  [PROMPT_FILTER] = "filter: ",
	[PROMPT_MARK] = "mark: ", [PROMPT_GO_MARK] = "go to mark: ",
};

const char *
prompt_label(enum prompt_kind kind)
{
	return label[kind];
}

void
prompt_open(struct reader *reader, enum prompt_kind kind)
{
	buf_clear(&reader->prompt.text);
	reader->prompt.kind = kind;
	reader->prompt.origin = reader->text.top.off;
	reader->prompt.cursor = 0;
	buf_clear(&reader->message);
	if (kind == PROMPT_FILTER) {
		buf_add(&reader->prompt.text, buf_slice(&reader->filter));
		reader->prompt.cursor = reader->prompt.text.n;
	}
}

/* The search follows the typing. */
static void
on_change(struct reader *reader)
{
	struct prompt *prompt = &reader->prompt;

	if (prompt->kind == PROMPT_SEARCH || prompt->kind == PROMPT_BACK) {
		text_pane_go(&reader->text, prompt->origin);
		reader_search(reader, buf_slice(&prompt->text), prompt->kind == PROMPT_BACK,
			      prompt->origin);
	}
	if (prompt->kind == PROMPT_FILTER) {
		buf_clear(&reader->filter);
		buf_add(&reader->filter, buf_slice(&prompt->text));
		reader_show_index(reader);
	}
}

static void
use_mark(struct reader *reader, enum prompt_kind kind, char name)
{
	struct article *article = &reader->article;
	struct place place = { 0 };

	if (kind == PROMPT_GO_MARK && name == '\'') {
		reader_jump(reader, reader->last_place);
		return;
	}
	if (!isalpha((unsigned char)name)) {
		reader_say_message(reader, true, "a mark is one letter, a-z or A-Z");
		return;
	}
	if (kind == PROMPT_MARK) {
		place = place_make(article->doc->text, reader_here(reader));
		store_save_mark(reader->store, article->id, name, &place);
		reader_say_message(reader, !reader->store || !article->id,
				   reader->store && article->id ? "marked %c" :
						   "mark %c cannot be kept: no store", name);
	} else if (store_load_mark(reader->store, article->id, name, &place)) {
		reader_jump(reader, place_find(&place, article->doc->text));
	} else {
		reader_say_message(reader, true, "no mark %c here; m%c sets it", name, name);
	}
	place_fini(&place);
}

static void
accept(struct reader *reader)
{
	struct prompt *prompt = &reader->prompt;
	enum prompt_kind kind = prompt->kind;
	struct diag diag = { 0 };

	prompt->kind = PROMPT_NONE;
	if (kind == PROMPT_SEARCH || kind == PROMPT_BACK) {
		if (prompt->text.n == 0) { /* as less: the last one again */
			reader_search_next(reader, 1);
			return;
		}
		buf_clear(&reader->query);
		buf_add(&reader->query, buf_slice(&prompt->text));
		if (reader->text.top.off != prompt->origin) {
			history_add(&reader->history, prompt->origin);
			reader->last_place = prompt->origin;
		}
	} else if (kind == PROMPT_COMMAND) {
		if (!reader_run(reader, slice_trim(buf_slice(&prompt->text)), &diag) && diag.n)
			reader_say_message(reader, true, "%s", diag.message[0].text);
	}
	diag_fini(&diag);
}

static void
cancel(struct reader *reader)
{
	struct prompt *prompt = &reader->prompt;

	if (prompt->kind == PROMPT_SEARCH || prompt->kind == PROMPT_BACK) {
		text_pane_go(&reader->text, prompt->origin);
		reader_search_clear(reader);
		buf_clear(&reader->message);
	}
	prompt->kind = PROMPT_NONE;
}

static void
delete_before(struct reader *reader)
{
	struct prompt *prompt = &reader->prompt;
	size_t from = utf8_prev(buf_slice(&prompt->text), prompt->cursor);

	if (prompt->text.n == 0) {
		cancel(reader);
		return;
	}
	memmove(prompt->text.s + from, prompt->text.s + prompt->cursor,
		prompt->text.n - prompt->cursor + 1);
	prompt->text.n -= prompt->cursor - from;
	prompt->cursor = from;
	on_change(reader);
}

static void
insert(struct reader *reader, struct slice key)
{
	struct prompt *prompt = &reader->prompt;
	size_t tail = prompt->text.n - prompt->cursor;

	buf_add(&prompt->text, key); /* makes room */
	memmove(prompt->text.s + prompt->cursor + key.n, prompt->text.s + prompt->cursor, tail);
	memcpy(prompt->text.s + prompt->cursor, key.s, key.n);
	prompt->cursor += key.n;
	on_change(reader);
}

static void
move_left(struct reader *reader)
{
	reader->prompt.cursor = utf8_prev(buf_slice(&reader->prompt.text), reader->prompt.cursor);
}

static void
move_right(struct reader *reader)
{
	struct prompt *prompt = &reader->prompt;

	if (prompt->cursor < prompt->text.n)
		prompt->cursor = boundary_next_cluster(buf_slice(&prompt->text), prompt->cursor);
}

static void
delete_all(struct reader *reader)
{
	buf_clear(&reader->prompt.text);
	reader->prompt.cursor = 0;
	on_change(reader);
}

static const struct {
	const char *name;
	void (*run)(struct reader *);
} action[] = {
	{ "accept", accept },	{ "cancel", cancel },	  { "delete", delete_before },
	{ "delete-all", delete_all }, { "left", move_left }, { "right", move_right },
};

void
prompt_key(struct reader *reader, const char *key)
{
	const char *name = keymap_find(&reader->keymap, IN_PROMPT, key);
	enum prompt_kind kind = reader->prompt.kind;

	for (size_t i = 0; name && i < sizeof action / sizeof *action; i++) {
		if (strcmp(action[i].name, name) == 0) {
			action[i].run(reader);
			return;
		}
	}
	if (strcmp(key, "Space") == 0)
		key = " ";
	if (key[0] && key[1] && (unsigned char)key[0] < 0x80)
		return; /* a named key without a meaning here */
	if (kind == PROMPT_MARK || kind == PROMPT_GO_MARK) {
		reader->prompt.kind = PROMPT_NONE;
		use_mark(reader, kind, key[0]);
		return;
	}
	insert(reader, slice_of(key));
}
