/*
 * A document: the running text of an article, and blocks, spans and sections as sorted
 * ranges over it. It knows no format, no width and no glossary.
 *
 * Every position is a byte offset into `text`, which is never normalised nor converted and is
 * exactly what `duizhao print --plain` writes. Ill-formed UTF-8 stays in it and reads as U+FFFD.
 *
 * A document is an ordered list of pieces of whole blocks. A piece never changes once built; it
 * is built when it is first asked for, by the importer's function. A document is used by
 * one thread at a time.
 */
#ifndef DOCUMENT_DOCUMENT_H
#define DOCUMENT_DOCUMENT_H

#include <stdint.h>

#include "base/memory.h"
#include "base/slice.h"

enum block_kind {
	BLOCK_PARAGRAPH,
	BLOCK_HEADING, /* level 1.. */
	BLOCK_QUOTATION,
	BLOCK_ITEM, /* of a list; level = nesting from 1, ordinal 0 = bullet */
	BLOCK_NOTE, /* editor's notes, notices, credits, bylines, footnotes */
	BLOCK_TABLE, /* rows end in LF, cells are divided by TAB; the first row is the head */
	BLOCK_FIGURE, /* stands for a picture: its alternative text, or the markup in plain text */
	BLOCK_CAPTION,
	BLOCK_CODE, /* lines as they are */
	BLOCK_VERSE, /* lines as they are, set as a quotation */
	BLOCK_KINDS
};

/* "paragraph", "heading", ... as dumps write them. */
const char *block_kind_name(enum block_kind kind);

struct block {
	struct range at; /* without the line end; may hold line ends inside (two-line headings) */
	uint32_t line;	 /* 1-based line of the source; relative to the piece's first_line */
	uint8_t kind, level;
	uint16_t ordinal;
};

enum span_kind { SPAN_EMPHASIS, SPAN_STRONG, SPAN_CODE, SPAN_LINK, SPAN_DELETED, SPAN_KINDS };

struct span {
	struct range at;
	enum span_kind kind;
};

struct piece {
	struct range at; /* the whole text is covered by the pieces in order */
	struct block *block;
	size_t nblock, cap_block;
	struct span *span; /* sorted by start */
	size_t nspan, cap_span;
};

/* A heading, before sections are made of them. */
struct heading {
	struct range at; /* of the heading block: its title with a line end inside, if it has two */
	uint32_t line;	 /* 1-based line of the source */
	unsigned level;	 /* from 1 */
};

/* From one heading to the next of the same or a higher level (lower number). */
struct section {
	struct range at;    /* begins with the heading; includes sub-sections */
	struct range title; /* range of the heading */
	uint32_t line;
	unsigned level;	 /* nesting depth from 1, without holes: what numbers are made of */
	unsigned number; /* ordinal among its siblings, from 1 */
	size_t parent;	 /* index of the section it lies in, or NO_SECTION */
};
#define NO_SECTION ((size_t)-1)

struct document_meta {
	struct slice title, author, date; /* empty when unknown; in the document's arena */
	const char *format;   /* "text", "markdown" */
	const char *encoding; /* canonical name */
	bool guessed;	      /* the encoding is */
	size_t replaced;      /* ill-formed byte sequences, known when complete */
};

struct document {
	struct slice text;
	struct document_meta meta;
	bool complete; /* text and sections are final; else a first glance at a long file */
	struct section *section;
	size_t nsection;
	size_t npiece;
	struct piece **piece; /* built ones; NULL until asked for */
	struct arena arena;   /* of the titles and what the importer hangs on it */
	/* The importer's: */
	void *source;
	size_t (*piece_start)(const struct document *, size_t piece); /* piece == npiece: text.n */
	void (*piece_build)(const struct document *, size_t piece, struct piece *);
	void (*source_free)(void *source);
};

/* An empty document: the importer fills it. document_free() takes NULL. */
struct document *document_new(void);
void document_free(struct document *doc);
/* Makes doc->section of headings sorted by start. Levels are closed up (1,3 becomes 1,2). */
void document_set_sections(struct document *doc, const struct heading *heading, size_t n);

/* For importers: appends to a piece being built. */
void piece_add_block(struct piece *piece, struct block block);
void piece_add_span(struct piece *piece, struct span span);

/* The piece that holds off (the last one for off >= text.n), built now if need be. */
const struct piece *document_find_piece(struct document *doc, size_t off);

/* A block and where it stands: what iterations go over. */
struct block_at {
	const struct block *block; /* NULL: there is none */
	const struct piece *piece;
	size_t index; /* of the block in its piece */
};
/* The block that holds off, else the next one after off, else the last one. */
struct block_at document_find_block(struct document *doc, size_t off);
struct block_at document_next_block(struct document *doc, struct block_at from);
struct block_at document_prev_block(struct document *doc, struct block_at from);

/* The innermost section that holds off, or NO_SECTION before the first heading. */
size_t document_find_section(const struct document *doc, size_t off);
/* "2.1", appended to nothing: a static-size text. */
struct section_number {
	char text[64];
};
struct section_number document_section_number(const struct document *doc, size_t section);
/* Index of the section with number "2.1", or NO_SECTION. */
size_t document_find_number(const struct document *doc, struct slice number);
/*
 * The title in one line in the arena of the caller: a line end inside becomes nothing after
 * Han or full-width punctuation, else a space.
 */
struct slice document_section_title(const struct document *doc, size_t section,
				    struct arena *arena);
/* 1-based line of the source at off. */
size_t document_find_line(struct document *doc, size_t off);

/* The text dump that golden tests compare: one line a block, then the sections. */
struct buf;
void document_dump(struct document *doc, struct buf *out);

#endif
