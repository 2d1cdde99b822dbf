/*
 * Folding for comparison: traditional to simplified, full to half width, lower case,
 * compatibility ideographs and radicals (PDF is full of them) to ordinary ones; one code point
 * gives one code point, so a match in folded text has original offsets. It is for matching only
 * and never for display (乾 and 幹 both fold to 干).
 *
 * The table is generated at build time by maketables.c from ICU (Traditional-Simplified
 * transliterator, simple case folding, wide/narrow decompositions); ICU is not called at
 * run time.
 */
#ifndef TEXT_FOLD_H
#define TEXT_FOLD_H

#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"

uint32_t text_fold(uint32_t cp);
/* Appends the folded text as UTF-8. */
void text_fold_add(struct buf *out, struct slice text);
/*
 * All code points that fold to `folded` (itself among them if it folds to itself), at most
 * `max`; returns how many there are in all. Scans the table: for a search, not for a loop.
 */
size_t text_unfold(uint32_t folded, uint32_t *out, size_t max);

#endif
