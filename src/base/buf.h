/* A growing byte string, always NUL-terminated once written to. Zeroed struct = empty. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/slice.h"

struct buf {
	char *s;
	size_t n, cap;
};

void buf_fini(struct buf *b);
/* Empties it and keeps the memory. */
void buf_clear(struct buf *b);
void buf_add(struct buf *b, struct slice s);
void buf_add_text(struct buf *b, const char *s);
void buf_add_byte(struct buf *b, char c);
void buf_printf(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The content as a slice, valid until the next change; never NULL. */
struct slice buf_slice(const struct buf *b);
/* The content as a string; valid until the next change; never NULL. */
const char *buf_text(const struct buf *b);
/* Hands the memory over: the caller frees; the buffer is empty again. */
char *buf_take(struct buf *b);

#endif
