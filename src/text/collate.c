#include "text/collate.h"

#include <stdint.h>
#include <stdlib.h>
#include <unicode/ucol.h>
#include <unicode/ustring.h>

#include "base/memory.h"

struct collator {
	UCollator *icu; /* NULL when ICU has no data: then byte order */
};

struct collator *
collator_open(enum collation collation)
{
	static const char *const locale[] = { [COLLATE_STROKE] = "zh@collation=stroke",
					      [COLLATE_ENGLISH] = "en" };
	UErrorCode error = U_ZERO_ERROR;
	struct collator *collator = xcalloc(1, sizeof *collator);

	collator->icu = ucol_open(locale[collation], &error);
	return collator;
}

void
collator_close(struct collator *collator)
{
	if (!collator)
		return;
	ucol_close(collator->icu);
	free(collator);
}

void
collator_key(struct collator *collator, struct slice text, struct buf *out)
{
	UErrorCode error = U_ZERO_ERROR;
	UChar *wide = xmalloc((text.n + 1) * sizeof *wide);
	int32_t n = 0, size;
	uint8_t *key;

	u_strFromUTF8WithSub(wide, (int32_t)text.n + 1, &n, text.s, (int32_t)text.n, 0xFFFD, NULL,
			     &error);
	if (!collator->icu || U_FAILURE(error)) {
		buf_add(out, text);
		free(wide);
		return;
	}
	size = ucol_getSortKey(collator->icu, wide, n, NULL, 0);
	key = xmalloc((size_t)size);
	ucol_getSortKey(collator->icu, wide, n, key, size);
	buf_add(out, (struct slice){ (const char *)key, size > 0 ? (size_t)size - 1 : 0 });
	free(key);
	free(wide);
}
