#include "text/boundary.h"

#include <stdint.h>
#include <stdlib.h>
#include <uchar.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>

#include "base/memory.h"
#include "text/script.h"
#include "text/utf8.h"

/* Neither combines with anything: the common case of this program's texts. */
static bool
is_simple(uint32_t cp)
{
	return (cp >= ' ' && cp < 0x7F) || (cp >= 0x3000 && cp < 0x302A) ||
	       (cp >= 0x3400 && cp < 0xA000) || (cp >= 0xFF01 && cp <= 0xFF60);
}

static int
cluster_class(uint32_t cp)
{
	return u_getIntPropertyValue((UChar32)cp, UCHAR_GRAPHEME_CLUSTER_BREAK);
}

/* What GB11 to GB13 must remember of the cluster so far. */
struct cluster {
	int last;	     /* class of the last code point */
	bool is_picture;     /* ExtPict Extend* before it: GB11 */
	bool is_joined;	     /* ... and then a ZWJ */
	unsigned indicators; /* regional indicators so far: GB12, GB13 */
};

static bool
is_control(int class)
{
	return class == U_GCB_CR || class == U_GCB_LF || class == U_GCB_CONTROL;
}

/* UAX #29, GB3 to GB13: does `class` go on with the cluster? */
static bool
is_joined(const struct cluster *so_far, int class, bool is_picture)
{
	int last = so_far->last;

	if (last == U_GCB_CR)
		return class == U_GCB_LF;
	if (is_control(last) || is_control(class))
		return false;
	if (last == U_GCB_L && (class == U_GCB_L || class == U_GCB_V || class == U_GCB_LV ||
				class == U_GCB_LVT))
		return true;
	if ((last == U_GCB_LV || last == U_GCB_V) && (class == U_GCB_V || class == U_GCB_T))
		return true;
	if ((last == U_GCB_LVT || last == U_GCB_T) && class == U_GCB_T)
		return true;
	if (class == U_GCB_EXTEND || class == U_GCB_ZWJ || class == U_GCB_SPACING_MARK ||
	    last == U_GCB_PREPEND)
		return true;
	if (so_far->is_joined && is_picture)
		return true;
	return last == U_GCB_REGIONAL_INDICATOR && class == U_GCB_REGIONAL_INDICATOR &&
	       so_far->indicators % 2 == 1;
}

size_t
boundary_next_cluster(struct slice text, size_t off)
{
	struct cluster so_far = { 0 };
	uint32_t cp, next;
	size_t n;

	off += utf8_decode(text, off, &cp);
	if (off >= text.n)
		return text.n;
	n = utf8_decode(text, off, &next);
	if (is_simple(cp) && is_simple(next))
		return off;
	so_far.last = cluster_class(cp);
	so_far.is_picture = u_hasBinaryProperty((UChar32)cp, UCHAR_EXTENDED_PICTOGRAPHIC);
	so_far.indicators = so_far.last == U_GCB_REGIONAL_INDICATOR;
	for (;;) {
		int class = cluster_class(next);
		bool is_picture = u_hasBinaryProperty((UChar32)next, UCHAR_EXTENDED_PICTOGRAPHIC);

		if (!is_joined(&so_far, class, is_picture))
			return off;
		so_far.is_joined = so_far.is_picture && class == U_GCB_ZWJ;
		so_far.is_picture = is_picture || (so_far.is_picture && class == U_GCB_EXTEND);
		so_far.indicators += class == U_GCB_REGIONAL_INDICATOR;
		so_far.last = class;
		off += n;
		if (off >= text.n)
			return text.n;
		n = utf8_decode(text, off, &next);
	}
}

struct breaker {
	UBreakIterator *lines; /* opened with the first paragraph: it costs a millisecond */
	UText *text;
};

struct breaker *
breaker_open(void)
{
	return xcalloc(1, sizeof(struct breaker));
}

void
breaker_close(struct breaker *breaker)
{
	if (!breaker)
		return;
	if (breaker->lines)
		ubrk_close(breaker->lines);
	utext_close(breaker->text);
	free(breaker);
}

/* What a code point is to the rules of line breaking; a bit each. */
enum {
	GLUE = 1 << 0,	     /* NBSP, WJ and others that never break: UAX #14 GL, WJ */
	SPACE = 1 << 1,	     /* U+0020 only */
	HAN = 1 << 2,	     /* ideographs */
	WORD = 1 << 3,	     /* letters of other scripts */
	DIGIT = 1 << 4,	     /* ASCII and full-width */
	UNIT = 1 << 5,	     /* stays with digits before it */
	MONEY = 1 << 6,	     /* stays with digits after it */
	CLOSE = 1 << 7,	     /* never first in a line: CLREQ 3.1.6 */
	OPEN = 1 << 8,	     /* never last in a line: CLREQ 3.1.6 */
	DASH = 1 << 9,	     /* never split among themselves: CLREQ 3.1.5 */
	APOSTROPHE = 1 << 10, /* U+2019: closes, but may begin a word after a space */
	RANGE = 1 << 11,     /* between the numbers of a range */
	HALF_CLOSE = 1 << 12,
	HALF_OPEN = 1 << 13,
	QUOTE_OPEN = 1 << 14, /* the odd " of a paragraph */
	QUOTE_CLOSE = 1 << 15,
	ANY = 0xFFFF,
};

#define ENDS (HAN | CLOSE | HALF_CLOSE | QUOTE_CLOSE)
#define BEGINS (HAN | OPEN | QUOTE_OPEN)

static const struct {
	const char32_t *set;
	unsigned class;
} classes[] = {
	{ U"。，、；：？！）》」』”’〉】〕］｝〗〙〛〞〟｠｡､｣﹐﹑﹒﹔﹕﹖﹗﹚﹜﹞", CLOSE },
	{ U"·・･‧•々〻ー‥⋯％‰℃％／〜", CLOSE },
	{ U"（《「『“‘〈【〔［｛〖〘〚〝｟｢﹙﹛﹝", OPEN },
	{ U"—…⸺⸻─━―", DASH | CLOSE },
	{ U"—–-~～〜", RANGE },
	{ U"～–", CLOSE },
	{ U"’", APOSTROPHE },
	{ U"年月日号號时時分秒亿億万萬%％‰℃", UNIT },
	{ U"¥$€￥£＄￡", MONEY },
	{ U",.;:!?)]}", HALF_CLOSE },
	{ U"([{", HALF_OPEN },
	{ U"0123456789０１２３４５６７８９", DIGIT },
	{ U" ", SPACE },
	{ U"\u00A0\u2007\u2011\u202F\u2060\uFEFF", GLUE },
};

static bool
is_one_of(uint32_t cp, const char32_t *set)
{
	while (*set && *set != cp)
		set++;
	return *set;
}

static unsigned
class_of(uint32_t cp)
{
	bool is_han = cp >= 0x2E80 && script_is_han(cp);
	unsigned class = 0;

	if (cp < 0x80 && u_isalpha((UChar32)cp))
		return WORD;
	if (cp >= 0x4E00 && cp < 0xA000) /* by far the most: only a unit is more than Han */
		return is_one_of(cp, U"年月日号號时時分秒亿億万萬") ? HAN | UNIT : HAN;
	for (size_t i = 0; cp && i < sizeof classes / sizeof *classes; i++)
		if (is_one_of(cp, classes[i].set))
			class |= classes[i].class;
	if (class)
		return class;
	return is_han ? HAN : u_isalpha((UChar32)cp) ? WORD : 0;
}

/*
 * Corrections to ICU; the first row that fits decides. A place is between the clusters b and c
 * of a b c d; a row holds the classes that each must be one of.
 */
static const struct rule {
	unsigned a, b, c, d;
	enum break_kind kind;
} rules[] = {
	/* UAX #14 LB11, LB12: also after a space, where LB12a would allow it */
	{ ANY, GLUE, ANY, ANY, BREAK_EMERGENCY },
	{ ANY, ANY, GLUE, ANY, BREAK_EMERGENCY },
	/* an apostrophe within or before a word of another script is no Chinese quotation mark */
	{ ANY, SPACE, APOSTROPHE, WORD | DIGIT, BREAK_ALLOWED },
	{ WORD, APOSTROPHE, WORD, ANY, BREAK_EMERGENCY },
	/* CLREQ 3.1.6: line start and line end, full width */
	{ ANY, ANY, CLOSE, ANY, BREAK_EMERGENCY },
	{ ANY, OPEN, ANY, ANY, BREAK_EMERGENCY },
	/* the same of half-width marks (UAX #14 LB13, LB14), and of straight quotes */
	{ ANY, HAN | CLOSE | HALF_CLOSE | QUOTE_CLOSE, HALF_CLOSE, ANY, BREAK_EMERGENCY },
	{ ANY, HALF_OPEN, ANY, ANY, BREAK_EMERGENCY },
	{ ANY, ANY & ~SPACE, QUOTE_CLOSE, ANY, BREAK_EMERGENCY },
	{ ANY, QUOTE_OPEN, ANY & ~SPACE, ANY, BREAK_EMERGENCY },
	/* CLREQ 3.1.5: numbers, their units and ranges */
	{ ANY, DIGIT, UNIT, ANY, BREAK_EMERGENCY },
	{ ANY, MONEY, DIGIT, ANY, BREAK_EMERGENCY },
	{ DIGIT | UNIT, RANGE, DIGIT, ANY, BREAK_EMERGENCY },
	{ ANY, DIGIT | UNIT, RANGE, DIGIT, BREAK_EMERGENCY },
	/* UAX #14 LB31 where ICU sees ambiguous quotation marks or symbols: LB19, AI */
	{ ANY, ENDS, BEGINS, ANY, BREAK_ALLOWED },
	{ ANY, ENDS & ~HALF_CLOSE, HALF_OPEN, ANY, BREAK_ALLOWED },
	{ ANY, HAN, WORD | DIGIT, ANY, BREAK_ALLOWED },
	{ ANY, WORD | DIGIT, HAN, ANY, BREAK_ALLOWED },
};

/* Nothing stands there: such a cluster satisfies only ANY. */
static bool
fits(unsigned row, unsigned class)
{
	return row == ANY || (row & class) != 0 ||
	       (class == 0 && (row | SPACE) == ANY); /* "all but a space" */
}

/* End of "[12]" at off, or off: a note mark belongs to what stands before it. */
static size_t
skip_note(struct slice text, size_t off)
{
	size_t end = off + 1;

	if (off == 0 || text.s[off] != '[' || strchr(" \t\n", text.s[off - 1]))
		return off;
	while (end < text.n && text.s[end] >= '0' && text.s[end] <= '9')
		end++;
	return end > off + 1 && end < text.n && text.s[end] == ']' ? end + 1 : off;
}

/* The class of the cluster at off; *quotes counts the straight quotes so far. */
static unsigned
read_class(struct slice text, size_t off, size_t *quotes)
{
	uint32_t cp;

	if (off >= text.n)
		return 0;
	utf8_decode(text, off, &cp);
	if (cp == '"')
		return (*quotes)++ % 2 == 0 ? QUOTE_OPEN : QUOTE_CLOSE;
	return class_of(cp);
}

static size_t
next_cluster(struct slice text, const unsigned char *kind, size_t off)
{
	if (off < text.n)
		off++;
	while (off < text.n && kind[off] == BREAK_INSIDE)
		off++;
	return off;
}

static void
correct(struct slice text, unsigned char *kind)
{
	unsigned a, b = 0, c = 0, d;
	size_t quotes = 0, note_end = 0, next;

	d = read_class(text, 0, &quotes);
	for (size_t off = 0; off < text.n; off = next) {
		next = next_cluster(text, kind, off);
		a = b, b = c, c = d;
		d = read_class(text, next, &quotes);
		if (text.s[off] == '[')
			note_end = skip_note(text, off);
		if (off == 0 || kind[off] == BREAK_REQUIRED)
			continue;
		if (off < note_end) {
			kind[off] = BREAK_EMERGENCY;
			continue;
		}
		for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
			const struct rule *rule = &rules[i];

			if (!fits(rule->b, b) || !fits(rule->c, c) || !fits(rule->a, a) ||
			    !fits(rule->d, d))
				continue;
			kind[off] = (unsigned char)rule->kind;
			break;
		}
	}
}

static void
mark_clusters(struct slice text, unsigned char *kind)
{
	memset(kind, BREAK_INSIDE, text.n + 1);
	for (size_t off = 0; off < text.n; off = boundary_next_cluster(text, off))
		kind[off] = BREAK_EMERGENCY;
}

static void
mark_icu(struct breaker *breaker, struct slice text, unsigned char *kind)
{
	UErrorCode error = U_ZERO_ERROR;

	if (!breaker->lines)
		breaker->lines = ubrk_open(UBRK_LINE, "zh", NULL, 0, &error);
	breaker->text = utext_openUTF8(breaker->text, text.s, (int64_t)text.n, &error);
	ubrk_setUText(breaker->lines, breaker->text, &error);
	if (U_FAILURE(error) || text.n > INT32_MAX)
		return; /* no data: only emergency breaks and our own rules */
	for (int32_t at = ubrk_first(breaker->lines); at != UBRK_DONE;
	     at = ubrk_next(breaker->lines)) {
		bool hard = at > 0 && ubrk_getRuleStatus(breaker->lines) >= UBRK_LINE_HARD &&
			    (size_t)at < text.n;

		if (kind[at] != BREAK_INSIDE)
			kind[at] = hard ? BREAK_REQUIRED : BREAK_ALLOWED;
	}
}

void
breaker_find(struct breaker *breaker, struct slice paragraph, unsigned char *kind)
{
	if (paragraph.n) {
		mark_clusters(paragraph, kind);
		mark_icu(breaker, paragraph, kind);
		correct(paragraph, kind);
	}
	kind[0] = kind[paragraph.n] = BREAK_ALLOWED;
}
