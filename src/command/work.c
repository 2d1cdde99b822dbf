#include <stdlib.h>

#include "base/memory.h"
#include "command/internal.h"
#include "text/decode.h"

/* FILE#SECTION, unless a file has that whole name. */
static const char *
split_section(struct args *args, const char *word, char **path)
{
	const char *hash = strrchr(word, '#');

	if (!hash || hash == word || file_exists(word)) {
		*path = xstrdup(word);
		return args->section;
	}
	*path = xstrcopy((struct slice){ word, (size_t)(hash - word) });
	return hash + 1;
}

static bool
find_section(struct work *work, const char *path, const char *number)
{
	size_t section;

	work->at = (struct range){ 0, work->doc->text.n };
	if (!number)
		return true;
	section = document_find_number(work->doc, slice_of(number));
	if (section == NO_SECTION) {
		struct buf what = { 0 };

		buf_printf(&what, "no section %s; duizhao toc lists them", number);
		complain(path, buf_text(&what));
		buf_fini(&what);
		return false;
	}
	work->at = work->doc->section[section].at;
	return true;
}

static bool
import(struct work *work, struct args *args, const char *path)
{
	struct import_options options = { .heading = args->heading };

	if (args->encoding && !(options.encoding = encoding_find(args->encoding))) {
		complain(args->encoding, "no such encoding; try GB18030, Big5, UTF-16LE");
		return false;
	}
	work->file = file_open(path, &args->diag);
	if (work->file)
		work->doc = import_file(work->file, &options, IMPORT_WHOLE, &args->diag);
	return work->doc != NULL;
}

bool
work_open(struct work *work, struct args *args, size_t i, enum work_depth depth)
{
	const char *number;
	char *path;
	bool is_good;

	*work = (struct work){ 0 };
	if (i >= args->nword) {
		complain(args->verb, "name a file, or - for standard input");
		return false;
	}
	number = split_section(args, args->word[i], &path);
	is_good = import(work, args, path) && find_section(work, path, number);
	free(path);
	if (is_good && depth == WORK_STUDY) {
		work->lexicon = reader_lexicon(args->program, args->glossary, args->nglossary,
					       &args->diag);
		work->study = study_new(work->doc, work->lexicon, NULL, NULL);
	}
	print_diag(&args->diag);
	if (!is_good)
		work_close(work);
	return is_good;
}

void
work_close(struct work *work)
{
	study_free(work->study);
	lexicon_free(work->lexicon);
	document_free(work->doc);
	file_close(work->file);
	arena_fini(&work->arena);
	*work = (struct work){ 0 };
}
