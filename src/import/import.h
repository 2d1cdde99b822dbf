/*
 * Bytes to documents: one file a format, one table of formats (formats.c).
 */
#ifndef IMPORT_IMPORT_H
#define IMPORT_IMPORT_H

#include "base/diag.h"
#include "document/document.h"
#include "file/file.h"

/* A reader's decision about one line: what it is in truth. */
struct correction {
	size_t off; /* of the line's first byte in the document text */
	int level;  /* heading of this level from 1; 0 = body */
};

struct import_options {
	const char *encoding; /* canonical name; NULL = detect */
	const char *heading;  /* POSIX extended regular expression that headings match; NULL = find */
	const char *format;   /* name of a row of the table; NULL = by file name and content */
	const struct correction *correction; /* sorted by off */
	size_t ncorrection;
};

/*
 * How much of a long file is read before the call returns. IMPORT_GLANCE answers in a time that
 * does not grow with the file: plain UTF-8 has its whole text but headings found piece by piece;
 * text in another encoding has its first part only; `complete` is false then. Files up to
 * IMPORT_SMALL bytes, and Markdown, are always read whole.
 */
enum import_extent { IMPORT_GLANCE, IMPORT_WHOLE };
#define IMPORT_SMALL (256u * 1024)

/*
 * Makes a document of an open file, which must stay open as long as the document lives and may
 * serve several documents and threads at once. NULL with an error in diag when it is binary,
 * or the heading expression is wrong.
 */
struct document *import_file(const struct file *file, const struct import_options *options,
			     enum import_extent extent, struct diag *diag);

#endif
