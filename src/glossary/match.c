/*
 * The matcher: a trie over folded code points whose nodes lie in breadth-first order, so that
 * the children of a node are neighbours, sorted by label. Bitmaps over the unfolded BMP say
 * where a term can begin at all: most positions of a text are passed over by a test or two.
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

#define BMP 0x10000u

struct matcher {
	struct node *node; /* [0] is the root */
	size_t n, cap;
	uint32_t *first; /* by folded BMP code point: its node under the root, 0 none */
	/* by unfolded BMP code point: can a term begin so; can it go on so; is it a term by itself? */
	uint64_t begins[BMP / 64], second[BMP / 64], alone[BMP / 64];
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

static void
set_bit(uint64_t *bits, uint32_t i)
{
	bits[i / 64] |= (uint64_t)1 << i % 64;
}

static bool
has_bit(const uint64_t *bits, uint32_t i)
{
	return bits[i / 64] >> i % 64 & 1;
}

/* The labels at depth two, as bits; those beyond the BMP are not told apart. */
static void
list_second(const struct matcher *matcher, uint64_t *label)
{
	const struct node *root = &matcher->node[0];

	for (uint32_t i = 0; i < root->nchild; i++) {
		const struct node *node = &matcher->node[root->child + i];

		for (uint32_t j = 0; j < node->nchild; j++)
			if (matcher->node[node->child + j].label < BMP)
				set_bit(label, matcher->node[node->child + j].label);
	}
}

static void
set_first(struct matcher *matcher)
{
	const struct node *root = &matcher->node[0];
	uint64_t second[BMP / 64] = { 0 };

	matcher->first = xcalloc(BMP, sizeof *matcher->first);
	for (uint32_t i = 0; i < root->nchild; i++)
		if (matcher->node[root->child + i].label < BMP)
			matcher->first[matcher->node[root->child + i].label] = root->child + i;
	list_second(matcher, second);
	for (uint32_t cp = 0; cp < BMP; cp++) {
		uint32_t folded = text_fold(cp), at;

		/* some fold to beyond the BMP */
		at = folded < BMP ? matcher->first[folded] : find_child(matcher, 0, folded);
		if (at)
			set_bit(matcher->begins, cp);
		if (at && matcher->node[at].key != NO_KEY)
			set_bit(matcher->alone, cp);
		if (folded >= BMP || has_bit(second, folded))
			set_bit(matcher->second, cp);
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

/* Latin letters and digits of a text, full width too: what a Latin term may not touch. */
static bool
is_latin_letter(uint32_t cp)
{
	if (cp >= 0xFF01 && cp <= 0xFF5E)
		cp -= 0xFF01 - '!';
	if (cp >= 'A' && cp <= 'Z')
		cp += 'a' - 'A';
	return is_latin(cp);
}

static bool
is_latin_before(struct slice text, size_t off)
{
	uint32_t cp;

	if (off == 0)
		return false;
	utf8_decode(text, utf8_prev(text, off), &cp);
	return is_latin_letter(cp);
}

static bool
is_latin_at(struct slice text, size_t off)
{
	uint32_t cp;

	if (off >= text.n)
		return false;
	utf8_decode(text, off, &cp);
	return is_latin_letter(cp);
}

/* A key that matches, and where it ends. */
struct candidate {
	uint32_t key;
	size_t end;
};
#define CANDIDATES 32 /* of more terms that each begin the next, the longest counts */

/* utf8_decode(), with the usual cases at hand. */
static inline size_t
decode(struct slice text, size_t off, uint32_t *cp)
{
	const unsigned char *s = (const unsigned char *)text.s + off;

	if (s[0] < 0x80) {
		*cp = s[0];
		return 1;
	}
	if (s[0] > 0xE0 && s[0] < 0xED && text.n - off >= 3 && (s[1] & 0xC0) == 0x80 &&
	    (s[2] & 0xC0) == 0x80) {
		*cp = (s[0] & 0x0Fu) << 12 | (s[1] & 0x3Fu) << 6 | (s[2] & 0x3Fu);
		return 3;
	}
	return utf8_decode(text, off, cp);
}

/* Can what follows a first character be the second of a term? */
static inline bool
can_go_on(const struct matcher *matcher, struct slice text, size_t off)
{
	uint32_t cp;

	if (off >= text.n)
		return false;
	decode(text, off, &cp);
	return cp >= BMP || has_bit(matcher->second, cp);
}

/* Can a term begin with cp, which is n bytes long? A quick no for most positions. */
static inline bool
may_begin(const struct matcher *matcher, struct slice text, size_t off, uint32_t cp, size_t n)
{
	return cp >= BMP ||
	       (has_bit(matcher->begins, cp) &&
		(has_bit(matcher->alone, cp) || can_go_on(matcher, text, off + n)));
}

/* All keys that match at off, shortest first; never beyond a line end. Returns how many. */
static size_t
match_at(const struct matcher *matcher, struct slice text, size_t off, struct candidate *found)
{
	uint32_t cp, at;
	size_t n = 0, start = off;
	bool latin;

	off += decode(text, off, &cp);
	if (!may_begin(matcher, text, start, cp, off - start))
		return 0;
	cp = text_fold(cp);
	at = cp < BMP ? matcher->first[cp] : find_child(matcher, 0, cp);
	latin = is_latin(cp);
	if (at == 0 || (latin && is_latin_before(text, start)))
		return 0;
	for (;;) {
		const struct node *node = &matcher->node[at];

		if (node->key != NO_KEY && !(latin && is_latin_at(text, off))) {
			n -= n == CANDIDATES;
			found[n++] = (struct candidate){ node->key, off };
		}
		if (node->nchild == 0 || off >= text.n)
			return n;
		off += decode(text, off, &cp); /* no term holds a line end */
		cp = text_fold(cp);
		latin = is_latin(cp);
		at = find_child(matcher, at, cp);
		if (at == 0)
			return n;
	}
}

/* One call of lexicon_match(). */
struct scan {
	const struct lexicon *lexicon;
	struct slice text;
	size_t end; /* hits beyond it are not wanted */
	enum match_depth depth;
	bool has_class;
	struct hits *out;
	size_t first; /* of our hits in out */
};

static bool
is_after(const struct hit *a, const struct hit *b)
{
	return a->start != b->start ? a->start > b->start : a->length < b->length;
}

/* Hits come almost sorted: only what overlaps the end of a winner is out of place, and not far. */
static void
add_hit(struct scan *scan, size_t start, struct candidate c, enum hit_kind kind)
{
	struct hit hit = { start, (uint32_t)(c.end - start), c.key & 0xFFFFFFF, kind & 0xF };
	struct hits *out = scan->out;
	size_t i;

	if (c.end > scan->end)
		return;
	ARRAY_ADD(out->hit, out->n, out->cap, hit);
	for (i = out->n - 1; i > scan->first && is_after(&out->hit[i - 1], &hit); i--)
		out->hit[i] = out->hit[i - 1];
	out->hit[i] = hit;
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
		size_t nfound = match_at(matcher, text, at[i], found);

		best[i] = best[i + 1];
		best[i].taken = (struct candidate){ NO_KEY, at[i + 1] };
		best[i].next = i + 1;
		for (size_t c = 0; c < nfound; c++) {
			struct division d;
			uint32_t next = i + 1;

			if (found[c].end > end || (i == 0 && found[c].end == end))
				continue; /* crosses the end, or is the winner itself */
			while (at[next] < found[c].end)
				next++;
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

static enum hit_kind
inner_kind(const struct lexicon *lexicon, uint32_t key, bool in_class, bool is_part)
{
	if (lexicon->key[key].is_class && !in_class)
		return HIT_CLASS;
	return is_part ? HIT_PART : HIT_BESIDE;
}

/*
 * The other terms that begin within a winner: class terms, if it is none, since they are never
 * dropped; parts of its best division; the rest, to the depth that is asked for.
 */
static void
add_inner(struct scan *scan, struct range winner, bool in_class)
{
	const struct matcher *matcher = scan->lexicon->matcher;
	struct division best[PARTS_MAX + 1];
	size_t at[PARTS_MAX + 1], off = winner.start;
	uint32_t n = 0, part = 0, cp;

	if (scan->depth != MATCH_MAIN)
		n = list_characters(scan->text, winner.start, winner.end, at);
	if (n)
		divide(matcher, scan->text, winner.end, n, at, best);
	for (uint32_t i = 0; off < winner.end; i++, off += utf8_decode(scan->text, off, &cp)) {
		struct candidate found[CANDIDATES];
		size_t nfound = match_at(matcher, scan->text, off, found);
		uint32_t taken = i < n && i == part ? best[i].taken.key : NO_KEY;

		if (i < n && i == part)
			part = best[i].next;
		for (size_t c = nfound; c-- > 0;) {
			enum hit_kind kind = inner_kind(scan->lexicon, found[c].key, in_class,
							found[c].key == taken);

			if (i == 0 && found[c].end == winner.end)
				continue;
			if (kind == HIT_CLASS || scan->depth == MATCH_ALL ||
			    (kind == HIT_PART && scan->depth == MATCH_PARTS))
				add_hit(scan, off, found[c], kind);
		}
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

/* Start of the next code point at which a term may begin, from off on. */
static size_t
skip_to_begin(const struct matcher *matcher, struct slice text, size_t off, size_t end)
{
	while (off < end) {
		uint32_t cp;
		size_t n = decode(text, off, &cp);

		if (may_begin(matcher, text, off, cp, n))
			return off;
		off += n;
	}
	return end;
}

void
lexicon_match(const struct lexicon *lexicon, struct slice text, struct range at,
	      enum match_depth depth, struct hits *out)
{
	const struct matcher *matcher = lexicon->matcher;
	size_t end = at.end < text.n ? at.end : text.n, off = at.start;
	struct scan scan = { lexicon, text, end, depth, has_class(lexicon), out, out->n };

	while ((off = skip_to_begin(matcher, text, off, end)) < end) {
		struct candidate found[CANDIDATES], longest;
		/* to the end of the line even beyond `end`, so that a stretch has the text's hits */
		size_t n = match_at(matcher, text, off, found);
		bool in_class;
		uint32_t cp;

		if (n == 0) {
			off += utf8_decode(text, off, &cp);
			continue;
		}
		longest = found[n - 1];
		in_class = lexicon->key[longest.key].is_class;
		add_hit(&scan, off, longest, HIT_MAIN);
		if (depth != MATCH_MAIN || (scan.has_class && !in_class))
			add_inner(&scan, (struct range){ off, longest.end }, in_class);
		off = longest.end;
	}
}
