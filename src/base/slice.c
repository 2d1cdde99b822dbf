#define _GNU_SOURCE /* memmem: POSIX has no search for bytes */
#include "base/slice.h"

int
slice_compare(struct slice a, struct slice b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n ? memcmp(a.s, b.s, n) : 0;

	if (order != 0)
		return order;
	return a.n < b.n ? -1 : a.n > b.n;
}

size_t
slice_find(struct slice a, struct slice needle, size_t from)
{
	const char *hit;

	if (from > a.n || needle.n > a.n - from)
		return NOWHERE;
	if (needle.n == 0)
		return from;
	hit = memmem(a.s + from, a.n - from, needle.s, needle.n);
	return hit ? (size_t)(hit - a.s) : NOWHERE;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct slice
slice_trim(struct slice a)
{
	while (a.n && is_blank(a.s[0]))
		a.s++, a.n--;
	while (a.n && is_blank(a.s[a.n - 1]))
		a.n--;
	return a;
}

struct slice
slice_cut(struct slice *rest, char separator)
{
	struct slice part = *rest;
	const char *hit = rest->n ? memchr(rest->s, separator, rest->n) : NULL;

	if (!hit) {
		*rest = (struct slice){ NULL, 0 };
		return part;
	}
	part.n = (size_t)(hit - part.s);
	rest->s = hit + 1;
	rest->n -= part.n + 1;
	return part;
}
