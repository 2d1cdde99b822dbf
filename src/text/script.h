/* Simplified or traditional: which of the two a text is written in. */
#ifndef TEXT_SCRIPT_H
#define TEXT_SCRIPT_H

#include <stdint.h>

#include "base/slice.h"

enum script { SCRIPT_NONE, SCRIPT_HANS, SCRIPT_HANT, SCRIPT_MIXED };

/* ISO 15924 codes: "", "Hans", "Hant", "mixed". */
const char *script_name(enum script script);
/*
 * By counting the characters that only one script uses (from the table of fold.h): SCRIPT_MIXED
 * when the rarer kind is more than a tenth of them, SCRIPT_NONE without any such.
 */
enum script script_of(struct slice text);
/* A Han character (Script=Han: ideographs, 々, 〇; not punctuation). */
bool script_is_han(uint32_t cp);
/* A letter or digit of any script (for word boundaries of Latin terms use ASCII rules). */
bool script_is_alnum(uint32_t cp);

#endif
