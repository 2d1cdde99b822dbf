/*
 * Where text may be divided: grapheme clusters (UAX #29) and line breaks (UAX #14 as ICU
 * tailors it for `zh`, corrected by CLREQ where ICU is wrong for Chinese prose).
 */
#ifndef TEXT_BOUNDARY_H
#define TEXT_BOUNDARY_H

#include "base/slice.h"

/* End of the extended grapheme cluster that begins at off (off < text.n). */
size_t boundary_next_cluster(struct slice text, size_t off);

enum break_kind {
	BREAK_INSIDE,	 /* inside a cluster: never */
	BREAK_EMERGENCY, /* between clusters: only when nothing else fits the line */
	BREAK_ALLOWED,
	BREAK_REQUIRED, /* after LF, CR, CRLF, VT, FF, NEL, LS, PS */
};

/* Owns an ICU iterator; opened once and used for many paragraphs; one thread at a time. */
struct breaker;
struct breaker *breaker_open(void);
void breaker_close(struct breaker *breaker);

/*
 * Sets kind[off] for every off in [0, paragraph.n]: may a line end before byte off?
 * kind has paragraph.n + 1 elements; the first and the last are BREAK_ALLOWED.
 *
 * Beyond ICU `zh` (rule in CLREQ 3.1.3 to 3.1.6 and UAX #14 numbering in the source):
 * - no line begins with 。，、；：？！）》」』”’…—·% or their relatives, none ends with （《「『“‘;
 * - ——, …… are not split; · never begins a line;
 * - digits stay with 年月日号時分秒 % ‰ ℃ 亿万 that follow them, and in ranges 2021—2025;
 * - half-width , . ; : ! ? ) ( " next to Han behave like the full-width ones;
 * - [1] after text stays with it.
 */
void breaker_find(struct breaker *breaker, struct slice paragraph, unsigned char *kind);

#endif
