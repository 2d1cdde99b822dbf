#include "text/utf8.h"

/*
 * Well-formed sequences by first byte (Unicode 15, table 3-7): length, and the range that the
 * second byte must lie in.
 */
static size_t
sequence(unsigned char first, unsigned char *low, unsigned char *high)
{
	*low = 0x80;
	*high = 0xBF;
	if (first < 0x80)
		return 1;
	if (first < 0xC2 || first > 0xF4)
		return 0;
	if (first < 0xE0)
		return 2;
	if (first == 0xE0)
		*low = 0xA0;
	if (first == 0xED)
		*high = 0x9F;
	if (first == 0xF0)
		*low = 0x90;
	if (first == 0xF4)
		*high = 0x8F;
	return first < 0xF0 ? 3 : 4;
}

size_t
utf8_decode(struct slice text, size_t off, uint32_t *cp)
{
	const unsigned char *s = (const unsigned char *)text.s + off;
	size_t left = text.n - off, n;
	unsigned char low, high;

	if (s[0] < 0x80) {
		*cp = s[0];
		return 1;
	}
	/* most Han: lead bytes E1 to EC, which any two continuation bytes may follow */
	if (s[0] > 0xE0 && s[0] < 0xED && left > 2 && (s[1] & 0xC0) == 0x80 &&
	    (s[2] & 0xC0) == 0x80) {
		*cp = (s[0] & 0x0Fu) << 12 | (s[1] & 0x3Fu) << 6 | (s[2] & 0x3Fu);
		return 3;
	}
	n = sequence(s[0], &low, &high);
	*cp = UTF8_REPLACEMENT;
	if (n == 0 || left < 2 || s[1] < low || s[1] > high)
		return 1;
	for (size_t i = 2; i < n; i++)
		if (i >= left || (s[i] & 0xC0) != 0x80)
			return i;
	if (n == 2)
		*cp = (s[0] & 0x1Fu) << 6 | (s[1] & 0x3Fu);
	else if (n == 3)
		*cp = (s[0] & 0x0Fu) << 12 | (s[1] & 0x3Fu) << 6 | (s[2] & 0x3Fu);
	else
		*cp = (s[0] & 0x07u) << 18 | (s[1] & 0x3Fu) << 12 | (s[2] & 0x3Fu) << 6 |
		      (s[3] & 0x3Fu);
	return n;
}

size_t
utf8_encode(uint32_t cp, char out[4])
{
	if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
		cp = UTF8_REPLACEMENT;
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		out[0] = (char)(0xC0 | cp >> 6);
		out[1] = (char)(0x80 | (cp & 0x3F));
		return 2;
	}
	if (cp < 0x10000) {
		out[0] = (char)(0xE0 | cp >> 12);
		out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
		out[2] = (char)(0x80 | (cp & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | cp >> 18);
	out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
	out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
	out[3] = (char)(0x80 | (cp & 0x3F));
	return 4;
}

size_t
utf8_prev(struct slice text, size_t off)
{
	size_t start = off;
	uint32_t cp;

	if (off == 0)
		return 0;
	for (int i = 0; i < 4 && start > 0; i++) {
		start--;
		if (((unsigned char)text.s[start] & 0xC0) != 0x80)
			break;
	}
	/* only if the sequence that begins there ends here; else the last byte stands alone */
	if (start + utf8_decode(text, start, &cp) == off)
		return start;
	return off - 1;
}

static bool
is_bad_at(struct slice text, size_t off, size_t *n)
{
	unsigned char low, high;
	uint32_t cp;

	*n = utf8_decode(text, off, &cp);
	return cp == UTF8_REPLACEMENT &&
	       (*n != 3 || sequence((unsigned char)text.s[off], &low, &high) != 3);
}

/* Eight ASCII bytes at a time. */
static size_t
skip_ascii(struct slice text, size_t off)
{
	uint64_t word;

	while (off + 8 <= text.n) {
		memcpy(&word, text.s + off, 8);
		if (word & 0x8080808080808080u)
			break;
		off += 8;
	}
	return off;
}

size_t
utf8_valid_prefix(struct slice text)
{
	size_t off = 0, n;

	while ((off = skip_ascii(text, off)) < text.n) {
		if (is_bad_at(text, off, &n))
			return off;
		off += n;
	}
	return text.n;
}

size_t
utf8_count_bad(struct slice text)
{
	size_t off = 0, bad = 0, n;

	while ((off = skip_ascii(text, off)) < text.n) {
		bad += is_bad_at(text, off, &n);
		off += n;
	}
	return bad;
}

size_t
utf8_length(struct slice text)
{
	size_t count = 0;
	uint32_t cp;

	for (size_t off = 0; off < text.n; count++)
		off += utf8_decode(text, off, &cp);
	return count;
}
