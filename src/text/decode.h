/* Encodings: bytes to UTF-8, and what the bytes are when nobody says. */
#ifndef TEXT_DECODE_H
#define TEXT_DECODE_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/slice.h"

struct encoding {
	const char *name; /* canonical, static: "UTF-8", "UTF-16LE", "GB18030", "Big5", ... */
	bool guessed;	  /* by statistics; not by BOM, declaration or strict UTF-8 */
	size_t bom;	  /* bytes to skip at the beginning */
};

/*
 * What the first bytes of a file are encoded in. `head` is at most some 64 KB and may end
 * inside a character. Order: BOM; NUL-byte pattern of UTF-16; strict UTF-8; ICU's detector on
 * 512 bytes around the first non-ASCII bytes, restricted to GB18030 and Big5 for Chinese
 * (a count of common characters decides between them); else UTF-8.
 */
struct encoding encoding_detect(struct slice head);

/* Canonical name of what a user typed ("gbk", "CP936", "big-5"), or NULL if it is none we know. */
const char *encoding_find(const char *name);

/*
 * Looks binary: NUL bytes in `head` that are not UTF-16/32, or more than one control byte in
 * ten (TAB, LF, CR, FF, ESC not counted).
 */
bool encoding_is_binary(struct slice head, struct encoding encoding);

/*
 * Appends `bytes`, decoded by iconv, to `out` as well-formed UTF-8; what cannot be decoded
 * becomes U+FFFD, one for each such byte sequence. Returns how many there were. gb2312 and GBK decode as
 * GB18030, Big5 as its HKSCS superset with CP950 for what that lacks. UTF-8 is copied
 * with ill-formed subparts replaced. `*done` (may be NULL) is set to the bytes consumed: all of
 * them, but with `more` set an incomplete last character is left for the next call.
 */
size_t encoding_decode(struct slice bytes, const char *name, bool more, struct buf *out,
		       size_t *done);

#endif
