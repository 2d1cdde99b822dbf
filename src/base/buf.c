#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"

static void
reserve(struct buf *b, size_t more)
{
	b->s = array_grow(b->s, &b->cap, b->n + more + 1, 1);
}

void
buf_fini(struct buf *b)
{
	free(b->s);
	*b = (struct buf){ 0 };
}

void
buf_clear(struct buf *b)
{
	b->n = 0;
	if (b->s)
		b->s[0] = '\0';
}

void
buf_add(struct buf *b, struct slice s)
{
	reserve(b, s.n);
	if (s.n)
		memcpy(b->s + b->n, s.s, s.n);
	b->n += s.n;
	b->s[b->n] = '\0';
}

void
buf_add_text(struct buf *b, const char *s)
{
	buf_add(b, slice_of(s));
}

void
buf_add_byte(struct buf *b, char c)
{
	buf_add(b, (struct slice){ &c, 1 });
}

void
buf_printf(struct buf *b, const char *format, ...)
{
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (n < 0)
		return;
	reserve(b, (size_t)n);
	va_start(args, format);
	vsnprintf(b->s + b->n, (size_t)n + 1, format, args);
	va_end(args);
	b->n += (size_t)n;
}

struct slice
buf_slice(const struct buf *b)
{
	return (struct slice){ b->s ? b->s : "", b->n };
}

const char *
buf_text(const struct buf *b)
{
	return b->s ? b->s : "";
}

char *
buf_take(struct buf *b)
{
	char *s = b->s ? b->s : xstrdup("");

	*b = (struct buf){ 0 };
	return s;
}
