/* What the importers share among themselves. */
#ifndef IMPORT_INTERNAL_H
#define IMPORT_INTERNAL_H

#include "import/import.h"
#include "text/decode.h"

/* One row of the table of formats. */
struct format {
	const char *name;    /* "text", "markdown" */
	const char *endings; /* of file names, space separated, with dots */
	/* Does the beginning of the decoded text look like it? NULL: never by content. */
	bool (*is_format)(struct slice head);
	/* Fills a new document. */
	bool (*open)(struct document *doc, const struct file *file,
		     const struct import_options *options, enum import_extent extent,
		     struct diag *diag);
};

bool plain_open(struct document *doc, const struct file *file,
		const struct import_options *options, enum import_extent extent,
		struct diag *diag);
bool markdown_open(struct document *doc, const struct file *file,
		   const struct import_options *options, enum import_extent extent,
		   struct diag *diag);

/*
 * headings.c: which lines of unmarked text are headings, captions, notes, ... Works on one stretch
 * of whole lines (a piece for a first glance, the whole text for the final outline).
 */
struct line_verdict {
	struct range at; /* of the block: one line without its end, or two joined ones */
	uint32_t line;	 /* 1-based, counted from the beginning of the stretch */
	uint8_t kind;	 /* enum block_kind */
	uint8_t level;
	uint16_t ordinal;
};
struct verdicts {
	struct line_verdict *line;
	size_t n, cap;
};
void headings_find(struct slice text, struct range stretch, const struct import_options *options,
		   struct verdicts *out);

/* frontmatter.c: `key: value` lines between two `---` lines at the beginning. */
/* Reads title, author, date into doc->meta and returns the bytes to skip. */
size_t frontmatter_read(struct slice text, struct document *doc);

#endif
