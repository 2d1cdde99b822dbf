#include "text/fold.h"

#include "fold_table.h"
#include "text/internal.h"
#include "text/utf8.h"

/* Target and flags; a plain page means itself. */
static uint32_t
entry(uint32_t cp)
{
	unsigned page;

	if (cp >= FOLD_END)
		return cp;
	page = fold_page[cp / FOLD_PAGE];
	return page ? fold_to[page][cp % FOLD_PAGE] : cp;
}

uint32_t
text_fold(uint32_t cp)
{
	return cp >= FOLD_END ? cp : entry(cp) & 0xFFFFFF;
}

unsigned
fold_script(uint32_t cp)
{
	return cp >= FOLD_END ? 0 : entry(cp) >> 24;
}

void
text_fold_add(struct buf *out, struct slice text)
{
	char room[1024]; /* one buf_add for many characters */
	size_t n = 0;

	for (size_t off = 0; off < text.n;) {
		unsigned char byte = (unsigned char)text.s[off];
		uint32_t cp;

		if (n + 4 > sizeof room) {
			buf_add(out, (struct slice){ room, n });
			n = 0;
		}
		if (byte < 0x80) {
			room[n++] = (char)(byte >= 'A' && byte <= 'Z' ? byte + 'a' - 'A' : byte);
			off++;
			continue;
		}
		off += utf8_decode(text, off, &cp);
		n += utf8_encode(text_fold(cp), room + n);
	}
	buf_add(out, (struct slice){ room, n });
}

size_t
text_unfold(uint32_t folded, uint32_t *out, size_t max)
{
	size_t n = 0;

	if (text_fold(folded) == folded) {
		if (n < max)
			out[n] = folded;
		n++;
	}
	for (uint32_t page = 0; page < FOLD_END / FOLD_PAGE; page++) {
		const unsigned int *to = fold_to[fold_page[page]];

		for (uint32_t i = 0; fold_page[page] && i < FOLD_PAGE; i++) {
			if ((to[i] & 0xFFFFFF) != folded || page * FOLD_PAGE + i == folded)
				continue;
			if (n < max)
				out[n] = page * FOLD_PAGE + i;
			n++;
		}
	}
	return n;
}
