#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"
#include "command/internal.h"
#include "ui/ui.h"
#include "view/textpane.h"

enum dump { DUMP_DOCUMENT, DUMP_HITS, DUMP_LINES, DUMP_SCREEN, DUMPS };
static const char *const dump_name[] = { "document", "hits", "lines", "screen" };

static void
dump_hits(struct work *work, struct buf *out)
{
	static const char *const kind[] = { "main", "class", "part", "beside" };
	struct hits hits = { 0 };

	lexicon_match(work->lexicon, work->doc->text, work->at, MATCH_ALL, &hits);
	for (size_t i = 0; i < hits.n; i++) {
		const struct hit *hit = &hits.hit[i];
		const struct term *term = &work->lexicon->term[lexicon_best(work->lexicon, hit->key)];

		buf_printf(out, "%zu+%u %s %.*s = %.*s\n", hit->start, hit->length, kind[hit->kind],
			   (int)hit->length, work->doc->text.s + hit->start, (int)term->headword.n,
			   term->headword.s);
	}
	free(hits.hit);
}

/* The text dumps of the walk from bytes to the screen. */
static int
print_dump(struct args *args)
{
	struct work work;
	struct buf out = { 0 };
	size_t which = 0;

	while (which < DUMPS && strcmp(dump_name[which], args->dump) != 0)
		which++;
	if (which >= DUMP_SCREEN)
		return complain(args->dump, "--dump is document, hits, lines or screen");
	if (!work_open(&work, args, 0, which == DUMP_HITS ? WORK_STUDY : WORK_DOCUMENT))
		return EXIT_WRONG;
	if (which == DUMP_DOCUMENT)
		document_dump(work.doc, &out);
	else if (which == DUMP_LINES)
		lines_dump(work.doc, args->width ? (size_t)args->width : 80, &out);
	else
		dump_hits(&work, &out);
	put_text(buf_slice(&out));
	buf_fini(&out);
	work_close(&work);
	return EXIT_DONE;
}

/* FILE#SECTION of the first file; the reader wants the name alone. */
static void
split_first(struct args *args)
{
	char *hash = args->nword ? strrchr(args->word[0], '#') : NULL;

	if (!hash || hash == args->word[0] || file_exists(args->word[0]))
		return;
	args->file_section = xstrcopy((struct slice){ args->word[0], (size_t)(hash - args->word[0]) });
	args->section = hash + 1;
	args->word[0] = args->file_section;
}

static struct reader *
open_reader(struct args *args, struct reader_start *start)
{
	struct reader *reader;

	*start = (struct reader_start){
		.path = args->word,
		.npath = args->nword,
		.glossary = args->glossary,
		.nglossary = args->nglossary,
		.encoding = args->encoding,
		.heading = args->heading,
		.section = args->section,
		.program = args->program,
	};
	if (args->command) { /* "+/text" or "+N" */
		const char *what = args->command + 1;
		struct buf line = { 0 };

		if (*what == '/')
			buf_add_text(&line, what);
		else
			buf_printf(&line, "go-line %s", what);
		start->command = args->command = buf_take(&line);
	}
	reader = reader_open(start, &args->diag);
	print_diag(&args->diag);
	return reader;
}

int
run_read(struct args *args)
{
	struct reader_start start;
	struct reader *reader;
	bool is_screen = args->dump && strcmp(args->dump, "screen") == 0;
	bool is_good = true;

	if (args->dump && !is_screen)
		return print_dump(args);
	if (args->nword == 0 && !isatty(STDIN_FILENO))
		args->word[args->nword++] = (char *)"-";
	if (!is_screen && !isatty(STDOUT_FILENO)) {
		if (args->nword)
			return run_print(args);
		return complain(NULL, "name a file: standard output is no terminal");
	}
	split_first(args);
	reader = open_reader(args, &start);
	if (!reader)
		return EXIT_WRONG;
	if (is_screen) {
		struct buf out = { 0 };

		surface_dump(reader_draw(reader, args->height ? (size_t)args->height : 24,
					 args->width ? (size_t)args->width : 80), true, &out);
		fputs(buf_text(&out), stdout);
		buf_fini(&out);
	} else {
		is_good = args->plain ? ui_run_plain(reader, &args->diag) :
					ui_run(reader, &args->diag);
		print_diag(&args->diag);
	}
	reader_close(reader);
	if (args->command)
		free((char *)args->command);
	return is_good ? EXIT_DONE : EXIT_WRONG;
}
