#include "text/boundary.h"

#include <stdint.h>
#include <stdlib.h>
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

static bool
is_one_of(uint32_t cp, const char *set)
{
	struct slice text = slice_of(set);

	for (size_t off = 0; off < text.n;) {
		uint32_t other;

		off += utf8_decode(text, off, &other);
		if (other == cp)
			return true;
	}
	return false;
}

/* CLREQ 3.1.6: never first in a line. */
static bool
is_closing(uint32_t cp)
{
	return cp > 0x7F && is_one_of(cp, "。，、；：？！）》」』”’〉】〕］｝〗〟〙…—⸺─·・％‰℃々ー｡､」");
}

/* CLREQ 3.1.6: never last in a line. */
static bool
is_opening(uint32_t cp)
{
	return cp > 0x7F && is_one_of(cp, "（《「『“‘〈【〔［｛〖〝〘");
}

static bool
is_dash(uint32_t cp)
{
	return cp == 0x2014 || cp == 0x2026 || cp == 0x2E3A || cp == 0x2500;
}

static bool
is_digit(uint32_t cp)
{
	return (cp >= '0' && cp <= '9') || (cp >= 0xFF10 && cp <= 0xFF19);
}

static bool
is_wide(uint32_t cp) /* what Chinese punctuation stands beside */
{
	return script_is_han(cp) || is_closing(cp) || is_opening(cp);
}

/* Half-width marks that close, as machine-converted text has them between Han. */
static bool
is_half_closing(uint32_t cp)
{
	return cp < 0x7F && cp && strchr(",.;:!?)]}", (int)cp);
}

/* The neighbourhood of a possible break: a b | c d. 0 = nothing there. */
struct around {
	uint32_t a, b, c, d;
	bool quote_opens; /* b or c is a straight quote: is it an opening one? */
	bool is_note;	  /* c begins "[1]", or the break lies in one */
};

enum verdict { KEEP, FORBID, ALLOW };

/* CLREQ 3.1.5: what is not divided: numbers with units, ranges, dashes, notes. */
static enum verdict
judge_unbreakable(const struct around *at)
{
	if (at->is_note)
		return FORBID;
	if (is_digit(at->b) && (is_one_of(at->c, "年月日号號时時分秒%％‰℃亿億万萬")))
		return FORBID;
	if (is_digit(at->c) && is_digit(at->a) && is_one_of(at->b, "—–-~～"))
		return FORBID;
	if (is_digit(at->b) && is_digit(at->d) && is_one_of(at->c, "—–-~～"))
		return FORBID;
	if (is_dash(at->b) && is_dash(at->c))
		return FORBID;
	return KEEP;
}

/* Full-width and typographic marks: CLREQ 3.1.6. */
static enum verdict
judge_wide(const struct around *at)
{
	if (is_closing(at->c) && !(at->c == 0x2019 && at->b < 0x2E80))
		return FORBID;
	if (is_opening(at->b))
		return FORBID;
	if (at->b == 0xB7 || at->b == 0x30FB)
		return ALLOW;
	if (is_dash(at->b) && (script_is_han(at->c) || is_opening(at->c)))
		return ALLOW;
	if ((at->b == 0x2019 && is_wide(at->c)) || (at->c == 0x2018 && is_wide(at->b)))
		return ALLOW;
	return KEEP;
}

/* Half-width marks beside Han, treated as the full-width ones. */
static enum verdict
judge_half(const struct around *at)
{
	if (at->c == '"' && !at->quote_opens)
		return FORBID;
	if (at->b == '"' && at->quote_opens)
		return FORBID;
	if (at->c == '"')
		return is_wide(at->b) || is_half_closing(at->b) ? ALLOW : KEEP;
	if (at->b == '"')
		return is_wide(at->c) || at->c == '(' ? ALLOW : KEEP;
	if (is_half_closing(at->c) && (is_wide(at->b) || is_half_closing(at->b)))
		return FORBID;
	if ((at->b == '(' || at->b == '[') && at->c != ' ')
		return FORBID;
	if ((at->c == '(' || at->c == '[') && (script_is_han(at->b) || is_half_closing(at->b)))
		return ALLOW;
	if (is_half_closing(at->b) && (script_is_han(at->c) || is_opening(at->c)))
		return ALLOW;
	return KEEP;
}

static enum verdict
judge(const struct around *at)
{
	static enum verdict (*const rule[])(const struct around *) = { judge_unbreakable, judge_wide,
								       judge_half };

	for (size_t i = 0; i < sizeof rule / sizeof *rule; i++) {
		enum verdict verdict = rule[i](at);

		if (verdict != KEEP)
			return verdict;
	}
	return KEEP;
}

/* End of "[12]" at off, or off: a note mark belongs to what stands before it. */
static size_t
skip_note(struct slice text, size_t off)
{
	size_t end = off + 1;

	if (off == 0 || text.s[off] != '[' || text.s[off - 1] == ' ' || text.s[off - 1] == '\n')
		return off;
	while (end < text.n && text.s[end] >= '0' && text.s[end] <= '9')
		end++;
	return end > off + 1 && end < text.n && text.s[end] == ']' ? end + 1 : off;
}

static void
correct(struct slice text, unsigned char *kind)
{
	struct around at = { 0 };
	size_t note_end = 0, quotes = 0;

	for (size_t off = 0, next; off < text.n; off = next) {
		enum verdict verdict;

		next = off + utf8_decode(text, off, &at.c);
		at.d = 0;
		if (next < text.n)
			utf8_decode(text, next, &at.d);
		if (text.s[off] == '[')
			note_end = skip_note(text, off);
		at.is_note = off < note_end;
		at.quote_opens = at.c == '"' ? quotes % 2 == 0 : quotes % 2 == 1;
		verdict = off && kind[off] != BREAK_INSIDE && kind[off] != BREAK_REQUIRED ? judge(&at) :
											   KEEP;
		if (verdict != KEEP)
			kind[off] = verdict == ALLOW ? BREAK_ALLOWED : BREAK_EMERGENCY;
		quotes += at.c == '"';
		at.a = at.b;
		at.b = at.c;
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
	if (U_FAILURE(error))
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
