#include <regex.h>

#include "import/internal.h"

static const struct format formats[] = {
	{ "markdown", ".md .markdown", NULL, markdown_open },
	{ "text", "", NULL, plain_open }, /* the last: whatever is no other */
};

static bool
ends_in(struct slice path, const char *endings)
{
	struct slice rest = slice_of(endings);

	while (rest.s) {
		struct slice ending = slice_cut(&rest, ' ');

		if (ending.n && path.n > ending.n &&
		    slice_equal(slice_from(path, path.n - ending.n), ending))
			return true;
	}
	return false;
}

static const struct format *
pick_format(const struct file *file, const struct import_options *options)
{
	size_t last = sizeof formats / sizeof *formats - 1;

	for (size_t i = 0; i < last; i++)
		if (options->format ? strcmp(options->format, formats[i].name) == 0 :
				      ends_in(slice_of(file->path), formats[i].endings))
			return &formats[i];
	return &formats[last];
}

static bool
is_expression(const char *heading, struct diag *diag)
{
	regex_t expression;
	char why[256];
	int error = regcomp(&expression, heading, REG_EXTENDED | REG_NOSUB);

	if (error == 0) {
		regfree(&expression);
		return true;
	}
	regerror(error, &expression, why, sizeof why);
	diag_add(diag, DIAG_ERROR, NULL, 0, "--heading %s: %s", heading, why);
	return false;
}

struct document *
import_file(const struct file *file, const struct import_options *options,
	    enum import_extent extent, struct diag *diag)
{
	struct slice head = slice_sub(file->bytes, (struct range){ 0, 64 * 1024 });
	struct encoding found = encoding_detect(head);
	struct document *doc;

	if (options->heading && !is_expression(options->heading, diag))
		return NULL;
	if (!options->encoding && encoding_is_binary(head, found)) {
		diag_add(diag, DIAG_ERROR, file->path, 0,
			 "is binary, not an article; --encoding NAME reads it all the same");
		return NULL;
	}
	doc = document_new();
	doc->meta.encoding = options->encoding ? options->encoding : found.name;
	/* a chosen name may be freed by who chose it: the table's own lives on */
	doc->meta.encoding = encoding_find(doc->meta.encoding) ? encoding_find(doc->meta.encoding) :
								 found.name;
	doc->meta.guessed = !options->encoding && found.guessed;
	if (pick_format(file, options)->open(doc, file, options, extent, diag))
		return doc;
	document_free(doc);
	return NULL;
}
