#include <stdlib.h>

#include "study/study.h"

#define STRETCH (1u << 20) /* bytes matched between two words to progress() */

/* End of the stretch that begins at off: after a line end, so that no term is cut. */
static size_t
stretch_end(struct slice text, size_t off)
{
	const char *end;

	if (text.n - off <= STRETCH)
		return text.n;
	end = memchr(text.s + off + STRETCH, '\n', text.n - off - STRETCH);
	return end ? (size_t)(end - text.s) + 1 : text.n;
}

static bool
find_hits(struct study *study, const struct document *doc, const struct lexicon *lexicon,
	  study_progress *progress, void *data)
{
	struct hits hits = { 0 };

	for (size_t off = 0; off < doc->text.n;) {
		size_t end = stretch_end(doc->text, off);

		lexicon_match(lexicon, doc->text, (struct range){ off, end }, MATCH_PARTS, &hits);
		off = end;
		if (progress && !progress(data, off)) {
			free(hits.hit);
			return false;
		}
	}
	study->hit = hits.hit;
	study->nhit = hits.n;
	study->cap_hit = hits.cap;
	if (hits.n) { /* it stays as long as the article: without the room to grow */
		study->hit = xrealloc(hits.hit, hits.n * sizeof *hits.hit);
		study->cap_hit = hits.n;
	}
	return true;
}

/* Groups the hits by term: counts first, then each hit at its place. */
static void
group_hits(struct study *study, const struct lexicon *lexicon)
{
	uint32_t *next, at = 0;

	study->keyword_of = xmalloc(lexicon->nterm * sizeof *study->keyword_of);
	for (size_t i = 0; i < lexicon->nterm; i++)
		study->keyword_of[i] = NO_KEYWORD;
	for (size_t i = 0; i < study->nhit; i++) {
		uint32_t term = lexicon_best(lexicon, study->hit[i].key);

		if (study->keyword_of[term] == NO_KEYWORD) {
			study->keyword_of[term] = (uint32_t)study->nkeyword;
			ARRAY_ADD(study->keyword, study->nkeyword, study->cap_keyword,
				  (struct keyword){ .term = term });
		}
		study->keyword[study->keyword_of[term]].n++;
	}
	next = xcalloc(study->nkeyword, sizeof *next);
	for (size_t i = 0; i < study->nkeyword; i++) {
		study->keyword[i].first = next[i] = at;
		at += study->keyword[i].n;
	}
	study->noccurrence = study->nhit;
	study->occurrence = xmalloc(study->nhit * sizeof *study->occurrence);
	for (size_t i = 0; i < study->nhit; i++) {
		uint32_t k = study->keyword_of[lexicon_best(lexicon, study->hit[i].key)];

		study->occurrence[next[k]++] = (uint32_t)i;
	}
	free(next);
}

struct study *
study_new(const struct document *doc, const struct lexicon *lexicon, study_progress *progress,
	  void *data)
{
	struct study *study = xcalloc(1, sizeof *study);

	if (!find_hits(study, doc, lexicon, progress, data)) {
		study_free(study);
		return NULL;
	}
	group_hits(study, lexicon);
	return study;
}

void
study_free(struct study *study)
{
	if (!study)
		return;
	free(study->hit);
	free(study->keyword);
	free(study->occurrence);
	free(study->keyword_of);
	free(study);
}

const struct keyword *
study_find_keyword(const struct study *study, uint32_t term)
{
	uint32_t at = study->keyword_of[term];

	return at == NO_KEYWORD ? NULL : &study->keyword[at];
}

const struct hit *
study_occurrence(const struct study *study, const struct keyword *keyword, size_t i)
{
	return &study->hit[study->occurrence[keyword->first + i]];
}

size_t
study_next_occurrence(const struct study *study, const struct keyword *keyword, size_t off)
{
	size_t low = 0, high = keyword->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (study_occurrence(study, keyword, middle)->start >= off)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

size_t
study_find_hit(const struct study *study, size_t off)
{
	size_t low = 0, high = study->nhit;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (study->hit[middle].start >= off)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

/* Ends of the parts that a spread counts over: the top sections, or equal parts. */
static size_t
list_parts(const struct document *doc, size_t *end, size_t parts)
{
	size_t n = 0;

	for (size_t i = 0; i < doc->nsection; i++)
		n += doc->section[i].level == 1;
	if (n < 2 || n > parts) {
		for (size_t i = 0; i < parts; i++)
			end[i] = doc->text.n / parts * (i + 1) + doc->text.n % parts * (i + 1) / parts;
		return parts;
	}
	n = 0;
	for (size_t i = 0; i < doc->nsection; i++)
		if (doc->section[i].level == 1)
			end[n++] = doc->section[i].at.end;
	end[n - 1] = doc->text.n;
	return n;
}

void
study_spread(const struct study *study, const struct document *doc, const struct keyword *keyword,
	     uint32_t *count, size_t parts, size_t *used)
{
	size_t *end = xcalloc(parts, sizeof *end), part = 0;

	*used = list_parts(doc, end, parts);
	memset(count, 0, parts * sizeof *count);
	for (size_t i = 0; i < keyword->n; i++) {
		size_t start = study_occurrence(study, keyword, i)->start;

		while (part + 1 < *used && start >= end[part])
			part++;
		count[part]++;
	}
	free(end);
}
