/* Borrowed text and byte ranges. Nothing here owns memory. */
#ifndef BASE_SLICE_H
#define BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* n bytes of text that somebody else owns; not NUL-terminated. */
struct slice {
	const char *s;
	size_t n;
};

/* Bytes [start, end) of a text that the context names. */
struct range {
	size_t start, end;
};

/* No such offset. */
#define NOWHERE ((size_t)-1)

/* A slice of a string literal, usable in static tables. */
#define SLICE(literal) ((struct slice){ (literal), sizeof(literal) - 1 })

static inline struct slice
slice_of(const char *s)
{
	return (struct slice){ s, s ? strlen(s) : 0 };
}

/* The bytes of range `at` in `text`; the range is clipped to the text. */
static inline struct slice
slice_sub(struct slice text, struct range at)
{
	if (at.end > text.n)
		at.end = text.n;
	if (at.start > at.end)
		at.start = at.end;
	return (struct slice){ text.s ? text.s + at.start : "", at.end - at.start };
}

static inline struct slice
slice_from(struct slice text, size_t off)
{
	return slice_sub(text, (struct range){ off, text.n });
}

static inline bool
slice_equal(struct slice a, struct slice b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.s, b.s, a.n) == 0);
}

static inline bool
slice_is(struct slice a, const char *s)
{
	return slice_equal(a, slice_of(s));
}

static inline bool
slice_begins(struct slice a, struct slice prefix)
{
	return a.n >= prefix.n && memcmp(a.s, prefix.s, prefix.n) == 0;
}

/* Byte order; shorter first. */
int slice_compare(struct slice a, struct slice b);
/* Offset of `needle` in `a` at or after `from`, or NOWHERE. */
size_t slice_find(struct slice a, struct slice needle, size_t from);
/* Without ASCII blanks (space, tab, CR, LF) at both ends. */
struct slice slice_trim(struct slice a);
/*
 * Cuts the text at the first `separator`: returns what stands before it and moves
 * *rest behind it. The last part leaves rest->s NULL. Loop: while (rest.s).
 */
struct slice slice_cut(struct slice *rest, char separator);

#endif
