/*
 * The matcher: a trie over folded code points whose nodes lie in breadth-first order, so that
 * the children of a node are neighbours, sorted by label. A bitmap over the unfolded BMP says
 * where a term can begin at all: most positions of a text are passed over by one test.
 */
#include <stdlib.h>

#include "glossary/internal.h"
#include "text/fold.h"
#include "text/utf8.h"

struct node {
	uint32_t label;	  /* folded code point that leads here */
	uint32_t child;	  /* index of the first child */
	uint32_t nchild;
	uint32_t key; /* that ends here, or NO_KEY */
};

struct matcher {
	struct node *node; /* [0] is the root */
	size_t n, cap;
	uint32_t *first; /* by folded BMP code point: its node under the root, 0 none */
	uint64_t begins[0x10000 / 64]; /* by unfolded BMP code point: can a term begin there? */
};

/* A node whose children are still to be made: the keys [from, to) at this depth. */
struct span_of_keys {
	size_t node, from, to;
	uint32_t depth;
};

static void
add_children(struct matcher *matcher, const struct matcher_key *key, struct span_of_keys span,
	     struct span_of_keys **queue, size_t *n, size_t *cap)
{
	size_t first = matcher->n;

	for (size_t i = span.from, end; i < span.to; i = end) {
		uint32_t label = key[i].cp[span.depth];
		struct node node = { .label = label, .key = NO_KEY };
		size_t from = i;

		for (end = i + 1; end < span.to && key[end].cp[span.depth] == label;)
			end++;
		if (key[from].n == span.depth + 1) /* sorted: the shortest comes first */
			node.key = key[from++].key;
		if (from < end)
			ARRAY_ADD(*queue, *n, *cap,
				  (struct span_of_keys){ matcher->n, from, end, span.depth + 1 });
		ARRAY_ADD(matcher->node, matcher->n, matcher->cap, node);
	}
	matcher->node[span.node].child = (uint32_t)first;
	matcher->node[span.node].nchild = (uint32_t)(matcher->n - first);
}

static void
set_first(struct matcher *matcher)
{
	const struct node *root = &matcher->node[0];

	matcher->first = xcalloc(0x10000, sizeof *matcher->first);
	for (uint32_t i = 0; i < root->nchild; i++)
		if (matcher->node[root->child + i].label < 0x10000)
			matcher->first[matcher->node[root->child + i].label] = root->child + i;
	for (uint32_t cp = 0; cp < 0x10000; cp++) {
		uint32_t folded = text_fold(cp);

		if (folded < 0x10000 && matcher->first[folded])
			matcher->begins[cp / 64] |= (uint64_t)1 << cp % 64;
	}
}

struct matcher *
matcher_new(struct matcher_key *key, size_t n)
{
	struct matcher *matcher = xcalloc(1, sizeof *matcher);
	struct span_of_keys *queue = NULL;
	size_t nqueue = 0, cap = 0;

	ARRAY_ADD(matcher->node, matcher->n, matcher->cap, (struct node){ .key = NO_KEY });
	ARRAY_ADD(queue, nqueue, cap, (struct span_of_keys){ 0, 0, n, 0 });
	for (size_t i = 0; i < nqueue; i++)
		add_children(matcher, key, queue[i], &queue, &nqueue, &cap);
	free(queue);
	set_first(matcher);
	return matcher;
}

void
matcher_free(struct matcher *matcher)
{
	if (!matcher)
		return;
	free(matcher->node);
	free(matcher->first);
	free(matcher);
}

static uint32_t
find_child(const struct matcher *matcher, uint32_t at, uint32_t label)
{
	uint32_t low = matcher->node[at].child, high = low + matcher->node[at].nchild;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (matcher->node[middle].label == label)
			return middle;
		if (matcher->node[middle].label < label)
			low = middle + 1;
		else
			high = middle;
	}
	return 0;
}

uint32_t
matcher_find(const struct matcher *matcher, struct slice word)
{
	uint32_t at = 0, cp;

	for (size_t off = 0; off < word.n;) {
		off += utf8_decode(word, off, &cp);
		at = find_child(matcher, at, text_fold(cp));
		if (at == 0)
			return NO_KEY;
	}
	return word.n ? matcher->node[at].key : NO_KEY;
}

static bool
is_latin(uint32_t folded)
{
	return (folded >= 'a' && folded <= 'z') || (folded >= '0' && folded <= '9');
}

/* Does a Latin letter or digit stand before (after) off? Then a Latin term is part of a word. */
static bool
is_latin_before(struct slice text, size_t off)
{
	uint32_t cp;

	if (off == 0)
		return false;
	utf8_decode(text, utf8_prev(text, off), &cp);
	return is_latin(text_fold(cp));
}

static bool
is_latin_at(struct slice text, size_t off)
{
	uint32_t cp;

	if (off >= text.n)
		return false;
	utf8_decode(text, off, &cp);
	return is_latin(text_fold(cp));
}

/* All keys that match at off and end by `end`: at most max, shortest first. Returns how many. */
struct candidate {
	uint32_t key;
	size_t end;
};
#define CANDIDATES 32

static size_t
match_at(const struct matcher *matcher, struct slice text, size_t off, size_t end,
	 struct candidate *found)
{
	uint32_t cp, at;
	size_t n = 0, start = off;
	bool latin;

	off += utf8_decode(text, off, &cp);
	cp = text_fold(cp);
	at = cp < 0x10000 ? matcher->first[cp] : find_child(matcher, 0, cp);
	latin = is_latin(cp);
	if (at == 0 || (latin && is_latin_before(text, start)))
		return 0;
	for (;;) {
		const struct node *node = &matcher->node[at];

		if (node->key != NO_KEY && n < CANDIDATES && off <= end &&
		    !(latin && is_latin_at(text, off)))
			found[n++] = (struct candidate){ node->key, off };
		if (node->nchild == 0 || off >= end)
			return n;
		off += utf8_decode(text, off, &cp);
		if (cp == '\n' || cp == '\r')
			return n;
		cp = text_fold(cp);
		latin = is_latin(cp);
		at = find_child(matcher, at, cp);
		if (at == 0)
			return n;
	}
}

static void
add_hit(struct hits *out, size_t start, struct candidate c, enum hit_kind kind)
{
	ARRAY_ADD(out->hit, out->n, out->cap,
		  (struct hit){ start, (uint32_t)(c.end - start), c.key & 0xFFFFFFF, kind & 0xF });
}

/* The best division of a winner from some place on: what is compared. */
struct division {
	uint32_t covered, terms, last; /* code points; number; length of the last term */
	struct candidate taken;	       /* here; key NO_KEY: this character is left out */
	uint32_t next;		       /* character after it */
};

static bool
is_better(const struct division *a, const struct division *b)
{
	if (a->covered != b->covered)
		return a->covered > b->covered;
	if (a->terms != b->terms)
		return a->terms < b->terms;
	return a->last > b->last;
}

#define PARTS_MAX 64 /* characters of the longest winner that is divided */

/* Character starts of [start, end); returns how many, or 0 when there are too many. */
static uint32_t
list_characters(struct slice text, size_t start, size_t end, size_t *at)
{
	uint32_t n = 0, cp;

	for (size_t off = start; off < end; n++) {
		if (n == PARTS_MAX)
			return 0;
		at[n] = off;
		off += utf8_decode(text, off, &cp);
	}
	at[n] = end;
	return n;
}

/* From the last character to the first: the best of leaving it out and each term there. */
static void
divide(const struct matcher *matcher, struct slice text, size_t end, uint32_t n, const size_t *at,
       struct division *best)
{
	best[n] = (struct division){ .taken = { NO_KEY, end }, .next = n };
	for (uint32_t i = n; i-- > 0;) {
		struct candidate found[CANDIDATES];
		size_t nfound = match_at(matcher, text, at[i], end, found);

		best[i] = best[i + 1];
		best[i].taken = (struct candidate){ NO_KEY, at[i + 1] };
		best[i].next = i + 1;
		for (size_t c = 0; c < nfound; c++) {
			struct division d;
			uint32_t next = i + 1;

			while (at[next] < found[c].end)
				next++;
			if (i == 0 && next == n)
				continue; /* the winner itself */
			d = best[next];
			d.last = d.terms ? d.last : next - i;
			d.covered += next - i;
			d.terms++;
			d.taken = found[c];
			d.next = next;
			if (is_better(&d, &best[i]))
				best[i] = d;
		}
	}
}

/* The shorter terms inside a winner: parts of its best division; with `all` the others too. */
static void
add_inner(const struct lexicon *lexicon, struct slice text, struct range winner, bool all,
	  struct hits *out)
{
	struct division best[PARTS_MAX + 1];
	size_t at[PARTS_MAX + 1];
	uint32_t n = list_characters(text, winner.start, winner.end, at), part = 0;

	if (n < 2)
		return;
	divide(lexicon->matcher, text, winner.end, n, at, best);
	for (uint32_t i = 0; i < n; i++) {
		struct candidate found[CANDIDATES];
		size_t nfound = match_at(lexicon->matcher, text, at[i], text.n, found);

		for (size_t c = nfound; c-- > 0;) {
			bool is_part = i == part && best[i].taken.key == found[c].key;
			bool is_winner = i == 0 && found[c].end >= winner.end;

			if (is_winner || (is_part && lexicon->key[found[c].key].is_class))
				continue;
			if (is_part)
				add_hit(out, at[i], found[c], HIT_PART);
			else if (all && !lexicon->key[found[c].key].is_class)
				add_hit(out, at[i], found[c], HIT_BESIDE);
		}
		if (i == part)
			part = best[i].next;
	}
}

/* Class terms inside a winner that is none: they are never dropped. */
static void
add_class(const struct lexicon *lexicon, struct slice text, struct range winner, struct hits *out)
{
	uint32_t cp;

	for (size_t off = winner.start; off < winner.end; off += utf8_decode(text, off, &cp)) {
		struct candidate found[CANDIDATES];
		size_t n = match_at(lexicon->matcher, text, off, text.n, found);

		for (size_t c = n; c-- > 0;)
			if (lexicon->key[found[c].key].is_class &&
			    !(off == winner.start && found[c].end == winner.end))
				add_hit(out, off, found[c], HIT_CLASS);
	}
}

static bool
has_class(const struct lexicon *lexicon)
{
	for (size_t i = 0; i < lexicon->nglossary; i++)
		if (lexicon->glossary[i].is_class)
			return true;
	return false;
}

static int
compare_hits(const void *x, const void *y)
{
	const struct hit *a = x, *b = y;

	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	return a->length > b->length ? -1 : a->length < b->length;
}

/* Start of the next code point at which a term may begin, from off on. */
static size_t
skip_to_begin(const struct matcher *matcher, struct slice text, size_t off, size_t end)
{
	while (off < end) {
		const unsigned char *s = (const unsigned char *)text.s + off;
		uint32_t cp;
		size_t n = 1;

		if (s[0] < 0x80)
			cp = s[0];
		else if ((s[0] & 0xF0) == 0xE0 && end - off >= 3) /* checked when it begins a term */
			cp = (s[0] & 0x0Fu) << 12 | (s[1] & 0x3Fu) << 6 | (s[2] & 0x3Fu), n = 3;
		else
			n = utf8_decode(text, off, &cp);
		if (cp >= 0x10000 || matcher->begins[cp / 64] >> cp % 64 & 1)
			return off;
		if (n == 3 && ((s[1] & 0xC0) != 0x80 || (s[2] & 0xC0) != 0x80))
			n = utf8_decode(text, off, &cp); /* ill-formed */
		off += n;
	}
	return end;
}

void
lexicon_match(const struct lexicon *lexicon, struct slice text, struct range at,
	      enum match_depth depth, struct hits *out)
{
	const struct matcher *matcher = lexicon->matcher;
	size_t first = out->n, off = at.start;
	bool classes = has_class(lexicon);

	at.end = at.end < text.n ? at.end : text.n;
	while ((off = skip_to_begin(matcher, text, off, at.end)) < at.end) {
		struct candidate found[CANDIDATES];
		size_t n = match_at(matcher, text, off, at.end, found);
		struct range winner;
		uint32_t cp;

		if (n == 0) {
			off += utf8_decode(text, off, &cp);
			continue;
		}
		winner = (struct range){ off, found[n - 1].end };
		if (classes && !lexicon->key[found[n - 1].key].is_class)
			add_class(lexicon, text, winner, out);
		add_hit(out, off, found[n - 1], HIT_MAIN);
		if (depth != MATCH_MAIN)
			add_inner(lexicon, text, winner, depth == MATCH_ALL, out);
		off = winner.end;
	}
	if ((classes || depth == MATCH_ALL) && out->n > first)
		qsort(out->hit + first, out->n - first, sizeof *out->hit, compare_hits);
}
