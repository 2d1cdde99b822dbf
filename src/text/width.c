#define _XOPEN_SOURCE 700 /* wcwidth */
#include "text/width.h"

#include <wchar.h>

#include "text/boundary.h"
#include "text/utf8.h"

/*
 * Code points that are drawn as something else: controls and format characters (category Cf) but
 * for ZWNJ, ZWJ and those that have a shape of their own (U+0600 and its like). Sorted.
 */
static const struct {
	uint32_t first, last, drawn;
} replaced[] = {
	{ 0x7F, 0x7F, 0x2421 },	      { 0x80, 0x9F, UTF8_REPLACEMENT },
	{ 0xAD, 0xAD, '-' },	      { 0x61C, 0x61C, 0x2426 },
	{ 0x180E, 0x180E, 0x2426 },   { 0x200B, 0x200B, 0x2426 },
	{ 0x200E, 0x200F, 0x2426 },   { 0x2028, 0x2029, 0x2424 },
	{ 0x202A, 0x202E, 0x2426 },   { 0x2060, 0x2064, 0x2426 },
	{ 0x2066, 0x206F, 0x2426 },   { 0xFEFF, 0xFEFF, 0x2426 },
	{ 0xFFF9, 0xFFFB, 0x2426 },   { 0x13430, 0x1343F, 0x2426 },
	{ 0x1BCA0, 0x1BCA3, 0x2426 }, { 0x1D173, 0x1D17A, 0x2426 },
	{ 0xE0001, 0xE0001, 0x2426 }, { 0xE0020, 0xE007F, 0x2426 },
};

uint32_t
text_visible(uint32_t cp)
{
	if (cp == '\t')
		return ' ';
	if (cp < ' ')
		return 0x2400 + cp;
	if (cp < 0x7F || (cp >= 0x4E00 && cp < 0x9FFD))
		return cp;
	for (size_t i = 0; i < sizeof replaced / sizeof *replaced && cp >= replaced[i].first; i++)
		if (cp <= replaced[i].last)
			return replaced[i].drawn;
	return wcwidth((wchar_t)cp) < 0 ? UTF8_REPLACEMENT : cp;
}

unsigned
text_width_of(uint32_t cp)
{
	int width;

	cp = text_visible(cp);
	if (cp < 0x7F)
		return 1;
	width = wcwidth((wchar_t)cp);
	return width < 0 ? 1 : (unsigned)width;
}

size_t
text_width(struct slice text)
{
	size_t cols = 0;
	uint32_t cp;

	for (size_t off = 0; off < text.n;) {
		off += utf8_decode(text, off, &cp);
		cols += text_width_of(cp);
	}
	return cols;
}

size_t
text_fit(struct slice text, size_t cols, size_t *used)
{
	size_t off = 0, taken = 0;

	while (off < text.n) {
		size_t next = boundary_next_cluster(text, off);
		size_t width = text_width(slice_sub(text, (struct range){ off, next }));

		if (taken + width > cols)
			break;
		taken += width;
		off = next;
	}
	if (used)
		*used = taken;
	return off;
}
