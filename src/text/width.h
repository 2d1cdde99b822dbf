/*
 * Columns on a terminal. One width function: it agrees with the C library's wcwidth(),
 * because ncurses measures with it. Needs setlocale(LC_CTYPE) to a UTF-8 locale.
 */
#ifndef TEXT_WIDTH_H
#define TEXT_WIDTH_H

#include <stdint.h>

#include "base/slice.h"

/*
 * What is drawn for a code point: itself, or a visible symbol for what must never reach a
 * terminal or would mislead: C0 controls U+2400.., DEL U+2421, C1 and unassigned U+FFFD, bidi
 * controls and other format characters U+2426 (but not ZWJ, ZWNJ, variation selectors,
 * which stay), U+2028/2029 U+2424, U+00AD '-', tab one space.
 */
uint32_t text_visible(uint32_t cp);
/* Columns of what text_visible() draws for cp: 0, 1 or 2. */
unsigned text_width_of(uint32_t cp);
/* Columns of a text; the sum over its code points. */
size_t text_width(struct slice text);
/*
 * The longest prefix of whole grapheme clusters that takes at most `cols` columns; returns
 * its length in bytes and sets *used (may be NULL) to its columns.
 */
size_t text_fit(struct slice text, size_t cols, size_t *used);

#endif
