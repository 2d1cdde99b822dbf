#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "reader/internal.h"
#include "text/decode.h"

static int
compare_corrections(const void *a, const void *b)
{
	const struct correction *x = a, *y = b;

	return x->off < y->off ? -1 : x->off > y->off;
}

static void
sort_corrections(struct article *article)
{
	if (article->ncorrection) /* qsort() of nothing at NULL is undefined */
		qsort(article->correction, article->ncorrection, sizeof *article->correction,
		      compare_corrections);
}

static struct import_options
import_options_of(const struct reader *reader)
{
	return (struct import_options){
		.encoding = reader->article.encoding,
		.heading = reader->start->heading,
		.correction = reader->article.correction,
		.ncorrection = reader->article.ncorrection,
	};
}

/* Puts a document in place of the one shown; the place is kept. */
static void
show_document(struct reader *reader, struct document *doc, struct study *study)
{
	struct article *article = &reader->article;
	struct document *old = article->doc;

	study_free(article->study);
	article->doc = doc;
	article->study = study;
	layouts_clear(reader->text.layouts);
	text_pane_set(&reader->text, doc, reader->text.rows, reader->text.cols);
	document_free(old);
	reader->gloss.doc = doc;
	reader->gloss.study = study;
}

/* An index of so little text is made at once; of more, in the worker. */
#define STUDY_AT_ONCE (32u * 1024)

/* Shows what was imported; the rest of a long text and its index come from the worker. */
static void
take_document(struct reader *reader, struct document *doc)
{
	struct article *article = &reader->article;
	struct import_options options = import_options_of(reader);

	worker_stop(article->worker);
	article->worker = NULL;
	if (doc->complete && doc->text.n <= STUDY_AT_ONCE) {
		show_document(reader, doc, study_new(doc, reader->lexicon, NULL, NULL));
		return;
	}
	show_document(reader, doc, NULL);
	article->worker = worker_start(article->file, &options, reader->lexicon, reader->notify[1]);
}

/* Reads the open file with the options of now. */
static bool
read_document(struct reader *reader, struct diag *diag)
{
	struct import_options options = import_options_of(reader);
	struct document *doc = import_file(reader->article.file, &options, IMPORT_GLANCE, diag);

	if (doc)
		take_document(reader, doc);
	return doc != NULL;
}

static void
load_corrections(struct reader *reader)
{
	struct article *article = &reader->article;
	size_t n = 0;
	struct stored_correction *stored = store_load_corrections(reader->store, article->id, &n);

	for (size_t i = 0; i < n; i++) {
		size_t off = place_find(&stored[i].place, article->doc->text);

		ARRAY_ADD(article->correction, article->ncorrection, article->cap_correction,
			  (struct correction){ off, stored[i].level });
		place_fini(&stored[i].place);
	}
	free(stored);
}

/* What the store knows of the article: encoding, corrections, position. */
static void
load_stored(struct reader *reader)
{
	struct article *article = &reader->article;
	struct place place = { 0 };
	bool again = false;

	if (!article->absolute || !reader->store)
		return;
	article->id = store_article(reader->store, article->absolute, article->doc->meta.title);
	if (!article->encoding) {
		article->encoding = store_load_setting(reader->store, article->id, "encoding");
		again = article->encoding != NULL;
	}
	load_corrections(reader);
	sort_corrections(article);
	if (again || article->ncorrection)
		read_document(reader, NULL);
	if (store_load_position(reader->store, article->id, &place))
		reader->text.top.off = place_find(&place, article->doc->text);
	reader->saved_off = reader->text.top.off;
	place_fini(&place);
}

void
article_close(struct reader *reader)
{
	struct article *article = &reader->article;

	article_save_position(reader);
	worker_stop(article->worker);
	study_free(article->study);
	document_free(article->doc);
	file_close(article->file);
	free(article->absolute);
	free(article->encoding);
	free(article->correction);
	*article = (struct article){ 0 };
	reader->text.doc = NULL;
	reader->text.nrow = 0;
	layouts_clear(reader->text.layouts);
	reader_search_clear(reader);
	reader->history.n = reader->history.at = 0;
	reader->current = (struct range){ 0, 0 };
	reader->last_place = 0;
	reader->text.top = (struct top){ 0, 0 };
}

static char *
absolute_path(const char *path)
{
	struct buf out = { 0 };
	char folder[4096];

	if (strcmp(path, "-") == 0 || !getcwd(folder, sizeof folder))
		return NULL;
	if (path[0] != '/')
		buf_printf(&out, "%s/", folder);
	while (path[0] == '.' && path[1] == '/')
		path += 2;
	buf_add_text(&out, path);
	return buf_take(&out);
}

bool
article_open(struct reader *reader, size_t path, struct diag *diag)
{
	struct article *article = &reader->article;
	struct file *file = file_open(reader->path[path], diag);
	struct import_options options = import_options_of(reader);
	struct document *doc;

	if (!file)
		return false;
	options.correction = NULL;
	options.ncorrection = 0;
	options.encoding = reader->start->encoding;
	doc = import_file(file, &options, IMPORT_GLANCE, diag);
	if (!doc) { /* the article that is open stays */
		file_close(file);
		return false;
	}
	article_close(reader);
	reader->at_path = path;
	article->path = reader->path[path];
	article->file = file;
	article->absolute = absolute_path(article->path);
	if (reader->start->encoding)
		article->encoding = xstrdup(reader->start->encoding);
	take_document(reader, doc);
	load_stored(reader);
	reader->page = PAGE_TEXT;
	reader->focus = IN_TEXT;
	return true;
}

bool
article_reload(struct reader *reader, bool from_disk)
{
	struct article *article = &reader->article;
	struct place place = place_make(article->doc->text, reader->text.top.off);
	struct diag diag = { 0 };
	struct file *file = from_disk && article->absolute ? file_open(article->path, &diag) : NULL;
	struct file *old = NULL;
	bool is_good;

	if (file) {
		worker_stop(article->worker);
		article->worker = NULL;
		old = article->file;
		article->file = file;
	}
	is_good = read_document(reader, &diag);
	if (is_good) {
		file_close(old);
		reader->text.top.off = place_find(&place, article->doc->text);
		reader_search_clear(reader);
		reader->current = (struct range){ 0, 0 };
	} else if (file) {
		article->file = old;
		file_close(file);
	}
	if (diag.n)
		reader_say_message(reader, true, "%s", diag.message[0].text);
	diag_fini(&diag);
	place_fini(&place);
	return is_good;
}

void
article_save_position(struct reader *reader)
{
	struct article *article = &reader->article;
	struct place place;

	if (!article->doc || !article->id || reader->saved_off == reader->text.top.off)
		return;
	place = place_make(article->doc->text, reader->text.top.off);
	store_save_position(reader->store, article->id, &place);
	reader->saved_off = reader->text.top.off;
	place_fini(&place);
}

void
article_correct(struct reader *reader, size_t off, int level)
{
	struct article *article = &reader->article;
	struct block_at at = document_find_block(article->doc, off);
	struct place place;

	if (!at.block)
		return;
	off = at.block->at.start;
	for (size_t i = 0; i < article->ncorrection; i++)
		if (article->correction[i].off == off)
			article->correction[i] = article->correction[--article->ncorrection];
	ARRAY_ADD(article->correction, article->ncorrection, article->cap_correction,
		  (struct correction){ off, level });
	sort_corrections(article);
	place = place_make(article->doc->text, off);
	store_save_correction(reader->store, article->id, &place, level);
	place_fini(&place);
	article_reload(reader, false);
}

bool
reader_work(struct reader *reader)
{
	struct article *article = &reader->article;
	struct document *doc = NULL;
	struct study *study = NULL;
	char news[64];

	(void)!read(reader->notify[0], news, sizeof news);
	if (!article->worker)
		return false;
	if (worker_take(article->worker, &doc, &study)) {
		worker_stop(article->worker);
		article->worker = NULL;
		if (doc)
			show_document(reader, doc, study);
		if (doc && reader->page == PAGE_INDEX)
			reader_show_index(reader);
	}
	return true;
}

void
reader_say_message(struct reader *reader, bool is_warning, const char *format, ...)
{
	char text[1024];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	buf_clear(&reader->message);
	buf_add_text(&reader->message, text);
	reader->is_warning = is_warning;
}
