/* Orders for people: ICU collation keys, compared as bytes with slice_compare(). */
#ifndef TEXT_COLLATE_H
#define TEXT_COLLATE_H

#include "base/buf.h"
#include "base/slice.h"

enum collation { COLLATE_STROKE, COLLATE_ENGLISH };

/* Owns an ICU collator; one thread at a time. */
struct collator;
struct collator *collator_open(enum collation collation);
void collator_close(struct collator *collator);
/* Appends the collation key of text to out. */
void collator_key(struct collator *collator, struct slice text, struct buf *out);

#endif
