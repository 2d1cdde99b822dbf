#include <stdlib.h>

#include "study/study.h"
#include "text/boundary.h"
#include "text/collate.h"
#include "text/utf8.h"
#include "text/width.h"

static const char *const order_name[] = {
	[INDEX_PINYIN] = "pinyin",	 [INDEX_ENGLISH] = "english", [INDEX_STROKE] = "strokes",
	[INDEX_FREQUENCY] = "frequency", [INDEX_PLACE] = "place",
};
_Static_assert(sizeof order_name / sizeof *order_name == INDEX_ORDERS, "a name for each order");

const char *
index_order_name(enum index_order order)
{
	return order_name[order];
}

struct sorted {
	struct slice key;
	uint32_t keyword;
};

/* The bytes by which a keyword is sorted; nothing for the order of place. */
static void
add_key(const struct keyword *keyword, const struct term *term, enum index_order order,
	struct collator *collator, struct buf *key)
{
	uint32_t n = UINT32_MAX - keyword->n;

	switch (order) {
	case INDEX_PINYIN:
		pinyin_key(term->pinyin, key);
		buf_add_byte(key, '\0');
		collator_key(collator, term->headword, key);
		break;
	case INDEX_ENGLISH:
		collator_key(collator, term->nenglish ? term->english[0] : term->headword, key);
		break;
	case INDEX_STROKE:
		collator_key(collator, term->headword, key);
		break;
	case INDEX_FREQUENCY:
		for (int shift = 24; shift >= 0; shift -= 8)
			buf_add_byte(key, (char)(n >> shift & 0xFF));
		break;
	default:
		break;
	}
}

static int
compare_sorted(const void *x, const void *y)
{
	const struct sorted *a = x, *b = y;
	int order = slice_compare(a->key, b->key);

	if (order)
		return order;
	return a->keyword < b->keyword ? -1 : a->keyword > b->keyword;
}

uint32_t *
study_order(const struct study *study, const struct lexicon *lexicon, enum index_order order,
	    struct slice filter, size_t *n)
{
	struct collator *collator = collator_open(order == INDEX_ENGLISH ? COLLATE_ENGLISH :
									   COLLATE_STROKE);
	struct sorted *sorted = xcalloc(study->nkeyword, sizeof *sorted);
	uint32_t *result = xcalloc(study->nkeyword, sizeof *result);
	struct arena keys = { 0 };
	struct buf key = { 0 };

	*n = 0;
	for (size_t i = 0; i < study->nkeyword; i++) {
		const struct term *term = &lexicon->term[study->keyword[i].term];

		if (filter.n && !term_is_match(term, filter,
					       LOOKUP_CHINESE | LOOKUP_PINYIN | LOOKUP_ENGLISH))
			continue;
		buf_clear(&key);
		add_key(&study->keyword[i], term, order, collator, &key);
		sorted[(*n)++] = (struct sorted){ arena_copy(&keys, buf_slice(&key)), (uint32_t)i };
	}
	qsort(sorted, *n, sizeof *sorted, compare_sorted);
	for (size_t i = 0; i < *n; i++)
		result[i] = sorted[i].keyword;
	collator_close(collator);
	buf_fini(&key);
	arena_fini(&keys);
	free(sorted);
	return result;
}

/* Farther back than any cluster is long, so that what follows is divided rightly. */
#define CLUSTER_MAX 64 /* bytes */

/* The first cluster within [from, ..) that begins at or after off. */
static size_t
cluster_start(struct slice text, size_t from, size_t off)
{
	size_t at = off;

	while (at > from && off - at < CLUSTER_MAX)
		at = utf8_prev(text, at);
	while (at < off)
		at = boundary_next_cluster(text, at);
	return at;
}

/* Where the context before a hit begins: at most `cols` columns back, at a whole cluster. */
static size_t
before_start(struct slice text, size_t from, size_t hit, size_t cols)
{
	size_t at = hit, used = 0;

	while (at > from) {
		size_t prev = utf8_prev(text, at);
		uint32_t cp;

		utf8_decode(text, prev, &cp);
		used += text_width_of(cp);
		if (used > cols)
			break;
		at = prev;
	}
	at = cluster_start(text, from, at);
	return at < hit ? at : hit;
}

struct context
study_context(struct document *doc, struct range hit, size_t cols)
{
	struct block_at at = document_find_block(doc, hit.start);
	struct range block = at.block ? at.block->at : hit;
	struct context context = { { hit.start, hit.start }, hit, { hit.end, hit.end } };
	size_t width = text_width(slice_sub(doc->text, hit));
	size_t half = cols > width ? (cols - width) / 2 : 0;

	if (hit.start > block.start && hit.start <= block.end)
		context.before.start = before_start(doc->text, block.start, hit.start, half);
	if (hit.end < block.end)
		context.after.end += text_fit(
		    slice_sub(doc->text, (struct range){ hit.end, block.end }), half, NULL);
	return context;
}
