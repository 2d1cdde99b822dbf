/*
 * UTF-8 as Unicode 15 §3.9 defines it. Ill-formed bytes are read as U+FFFD, one for each
 * maximal subpart (the practice recommended there), and are never skipped silently.
 */
#ifndef TEXT_UTF8_H
#define TEXT_UTF8_H

#include <stdint.h>

#include "base/slice.h"

#define UTF8_REPLACEMENT 0xFFFDu

/*
 * Reads the code point at text.s[off] (off < text.n) into *cp and returns its length in
 * bytes, at least 1. Ill-formed input gives UTF8_REPLACEMENT and the length of the
 * maximal subpart; utf8_is_bad() tells it from a real U+FFFD.
 */
size_t utf8_decode(struct slice text, size_t off, uint32_t *cp);
/* Did utf8_decode() answer (cp, length) for ill-formed bytes? */
static inline bool
utf8_is_bad(uint32_t cp, size_t length)
{
	/* U+FFFD itself has three bytes; so may a subpart, but then only of a longer form */
	return cp == UTF8_REPLACEMENT && length != 3;
}
/* Writes cp to out and returns its length in bytes (1 to 4). Surrogates become U+FFFD. */
size_t utf8_encode(uint32_t cp, char out[4]);
/* Start of the code point (or ill-formed byte) before off; 0 at the beginning. */
size_t utf8_prev(struct slice text, size_t off);
/* Bytes at the beginning of text that are well-formed. */
size_t utf8_valid_prefix(struct slice text);
/* Number of ill-formed subparts. */
size_t utf8_count_bad(struct slice text);
/* Number of code points, an ill-formed subpart counting one. */
size_t utf8_length(struct slice text);

#endif
