#include <stdlib.h>

#include "study/study.h"
#include "text/fold.h"
#include "text/utf8.h"

static const char *const kind_name[] = { [SEARCH_LITERAL] = "text", [SEARCH_PINYIN] = "pinyin",
					 [SEARCH_ENGLISH] = "English" };

const char *
search_kind_name(enum search_kind kind)
{
	return kind_name[kind];
}

void
found_fini(struct found *found)
{
	free(found->at);
	*found = (struct found){ 0 };
}

#define VARIANTS 16

/* The ways in which the first character of a query may stand in a text, and where next. */
struct needle {
	char bytes[VARIANTS][4];
	size_t n[VARIANTS], next[VARIANTS], variants;
};

static void
needle_init(struct needle *needle, uint32_t folded, struct slice text, size_t from)
{
	uint32_t cp[VARIANTS];
	size_t n = text_unfold(folded, cp, VARIANTS);

	needle->variants = n < VARIANTS ? n : VARIANTS;
	for (size_t i = 0; i < needle->variants; i++) {
		needle->n[i] = utf8_encode(cp[i], needle->bytes[i]);
		needle->next[i] = slice_find(text, (struct slice){ needle->bytes[i], needle->n[i] }, from);
	}
}

/* The nearest place of any variant at or after off. */
static size_t
needle_find(struct needle *needle, struct slice text, size_t off)
{
	size_t nearest = NOWHERE;

	for (size_t i = 0; i < needle->variants; i++) {
		if (needle->next[i] < off)
			needle->next[i] = slice_find(
			    text, (struct slice){ needle->bytes[i], needle->n[i] }, off);
		if (needle->next[i] < nearest)
			nearest = needle->next[i];
	}
	return nearest;
}

static bool
is_blank(uint32_t cp)
{
	return cp == ' ' || cp == '\t' || cp == '\r' || cp == 0x3000;
}

/* Over one line end with the blanks around it; off itself where none stands there. */
static size_t
skip_line_end(struct slice text, size_t off)
{
	size_t at = off, lines = 0;
	uint32_t cp;

	while (at < text.n) {
		size_t n = utf8_decode(text, at, &cp);

		if (cp == '\n')
			lines++;
		else if (!is_blank(cp))
			break;
		at += n;
	}
	return lines == 1 ? at : off;
}

/* Where a match of the folded query that begins at off ends; NOWHERE if there is none. */
static size_t
match_end(struct slice text, size_t off, const uint32_t *query, size_t n)
{
	bool is_new_line = false; /* the last thing before off was a line end */

	for (size_t i = 0; i < n; i++) {
		size_t length, next = i > 0 ? skip_line_end(text, off) : off;
		uint32_t cp;

		is_new_line |= next > off;
		off = next;
		if (off >= text.n)
			return NOWHERE;
		length = utf8_decode(text, off, &cp);
		if (text_fold(cp) != query[i]) {
			/* a blank of the query also stands for a line end, which was skipped */
			if (query[i] == ' ' && is_new_line)
				continue;
			return NOWHERE;
		}
		is_new_line = false;
		off += length;
	}
	return off;
}

/* Without the blanks at both ends, U+3000 among them: an input method types that. */
static struct slice
trim_query(struct slice query)
{
	static const char wide[] = "\xE3\x80\x80";
	size_t n;

	do {
		n = query.n;
		query = slice_trim(query);
		if (query.n >= 3 && memcmp(query.s, wide, 3) == 0) {
			query.s += 3;
			query.n -= 3;
		}
		if (query.n >= 3 && memcmp(query.s + query.n - 3, wide, 3) == 0)
			query.n -= 3;
	} while (query.n < n);
	return query;
}

void
search_literal(struct slice text, struct range at, struct slice query, struct found *found)
{
	uint32_t *folded = xmalloc((query.n + 1) * sizeof *folded);
	struct slice part = slice_sub(text, (struct range){ 0, at.end });
	struct needle needle;
	size_t n = 0, off = at.start, end;

	query = trim_query(query);
	for (size_t i = 0; i < query.n; n++) {
		i += utf8_decode(query, i, &folded[n]);
		folded[n] = text_fold(folded[n]);
	}
	if (n > 0)
		needle_init(&needle, folded[0], part, off);
	while (n > 0 && (off = needle_find(&needle, part, off)) != NOWHERE) {
		end = match_end(part, off, folded, n);
		if (end == NOWHERE) {
			off++;
			continue;
		}
		ARRAY_ADD(found->at, found->n, found->cap, (struct range){ off, end });
		off = end;
	}
	found->kind = SEARCH_LITERAL;
	free(folded);
}

static int
compare_ranges(const void *x, const void *y)
{
	const struct range *a = x, *b = y;

	return a->start < b->start ? -1 : a->start > b->start;
}

void
search_terms(const struct study *study, const struct lexicon *lexicon, struct slice query,
	     enum search_kind kind, struct found *found)
{
	enum lookup_kind lookup = kind == SEARCH_PINYIN ? LOOKUP_PINYIN : LOOKUP_ENGLISH;

	for (size_t i = 0; i < study->nkeyword; i++) {
		const struct keyword *keyword = &study->keyword[i];

		if (!term_is_match(&lexicon->term[keyword->term], query, lookup))
			continue;
		for (size_t j = 0; j < keyword->n; j++) {
			const struct hit *hit = study_occurrence(study, keyword, j);

			ARRAY_ADD(found->at, found->n, found->cap,
				  (struct range){ hit->start, hit->start + hit->length });
		}
	}
	if (found->n)
		qsort(found->at, found->n, sizeof *found->at, compare_ranges);
	found->kind = kind;
}

void
search_all(const struct document *doc, const struct study *study, const struct lexicon *lexicon,
	   struct slice query, struct found *found)
{
	bool terms_only;

	query = trim_query(query);
	terms_only = query.n && query.s[0] == '~';
	if (terms_only)
		query = trim_query(slice_from(query, 1));
	else
		search_literal(doc->text, (struct range){ 0, doc->text.n }, query, found);
	if (found->n || !study)
		return;
	search_terms(study, lexicon, query, SEARCH_PINYIN, found);
	if (found->n == 0)
		search_terms(study, lexicon, query, SEARCH_ENGLISH, found);
}
