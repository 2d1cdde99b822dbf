#include "glossary/glossary.h"

#include <stdlib.h>

#include "glossary/internal.h"
#include "text/fold.h"
#include "text/utf8.h"

/* One string that points to a term: its headword or an alias. */
struct entry {
	struct matcher_key key;
	uint32_t term;
	bool is_alias;
};

struct entries {
	struct entry *entry;
	size_t n, cap;
};

static void
add_entry(struct lexicon *lexicon, struct entries *entries, struct slice word, uint32_t term,
	  bool is_alias)
{
	struct entry entry = { .term = term, .is_alias = is_alias };

	if (word.n == 0)
		return;
	entry.key.cp = arena_alloc(&lexicon->arena, word.n * sizeof *entry.key.cp);
	for (size_t off = 0; off < word.n;) {
		uint32_t cp;

		off += utf8_decode(word, off, &cp);
		entry.key.cp[entry.key.n++] = text_fold(cp);
	}
	ARRAY_ADD(entries->entry, entries->n, entries->cap, entry);
}

static int
compare_keys(const struct matcher_key *a, const struct matcher_key *b)
{
	for (uint32_t i = 0; i < a->n && i < b->n; i++)
		if (a->cp[i] != b->cp[i])
			return a->cp[i] < b->cp[i] ? -1 : 1;
	return a->n < b->n ? -1 : a->n > b->n;
}

/* By key; then in the order of files and lines, of one term the headword first. */
static int
compare_entries(const void *x, const void *y)
{
	const struct entry *a = x, *b = y;
	int order = compare_keys(&a->key, &b->key);

	if (order)
		return order;
	if (a->term != b->term)
		return a->term < b->term ? -1 : 1;
	return a->is_alias - b->is_alias;
}

/* Every string that text is searched for, like ones together. */
static struct entries
list_entries(struct lexicon *lexicon)
{
	struct entries entries = { 0 };

	for (size_t i = 0; i < lexicon->nterm; i++) {
		const struct term *term = &lexicon->term[i];

		add_entry(lexicon, &entries, term->headword, (uint32_t)i, false);
		for (size_t j = 0; j < term->nalias; j++)
			add_entry(lexicon, &entries, term->alias[j], (uint32_t)i, true);
	}
	if (entries.n)
		qsort(entries.entry, entries.n, sizeof *entries.entry, compare_entries);
	return entries;
}

/* End of the entries that are like the one at `from`. */
static size_t
group_end(const struct entries *entries, size_t from)
{
	size_t end = from + 1;

	while (end < entries->n &&
	       compare_keys(&entries->entry[from].key, &entries->entry[end].key) == 0)
		end++;
	return end;
}

/* What is in `from` and not yet in *list goes to its end. */
static void
merge_list(struct arena *arena, struct slice **list, size_t *n, const struct slice *from,
	   size_t nfrom)
{
	struct slice *all;

	if (nfrom == 0)
		return;
	all = arena_alloc(arena, (*n + nfrom) * sizeof *all);
	if (*n)
		memcpy(all, *list, *n * sizeof *all);
	for (size_t i = 0; i < nfrom; i++) {
		bool is_new = true;

		for (size_t j = 0; j < *n && is_new; j++)
			is_new = !slice_equal(all[j], from[i]);
		if (is_new)
			all[(*n)++] = from[i];
	}
	*list = all;
}

static void
merge_field(struct slice *into, struct slice from)
{
	if (into->n == 0)
		*into = from;
}

static void
merge_rows(struct lexicon *lexicon, struct term *into, const struct term *from)
{
	struct arena *arena = &lexicon->arena;

	merge_list(arena, &into->english, &into->nenglish, from->english, from->nenglish);
	merge_list(arena, &into->alias, &into->nalias, from->alias, from->nalias);
	merge_list(arena, &into->see, &into->nsee, from->see, from->nsee);
	merge_field(&into->definition, from->definition);
	merge_field(&into->simplified, from->simplified);
	merge_field(&into->pinyin, from->pinyin);
	merge_field(&into->domain, from->domain);
}

/*
 * OmegaT has a row for each alternative: rows of one headword in one file become one term. Sets
 * into[row] to the row that takes it up: itself, or an earlier one.
 */
static void
merge_group(struct lexicon *lexicon, const struct entry *entry, size_t n, uint32_t *into)
{
	const struct entry *first = NULL;

	for (size_t i = 0; i < n; i++) {
		struct term *term = &lexicon->term[entry[i].term];

		if (entry[i].is_alias)
			continue;
		if (first && lexicon->term[first->term].glossary == term->glossary) {
			merge_rows(lexicon, &lexicon->term[first->term], term);
			into[entry[i].term] = first->term;
		} else {
			first = &entry[i];
		}
	}
}

/* Takes merged rows out of the terms and renumbers the entries. */
static void
merge_terms(struct lexicon *lexicon, struct entries *entries)
{
	uint32_t *into = xcalloc(lexicon->nterm, sizeof *into);
	size_t n = 0;

	for (size_t i = 0; i < lexicon->nterm; i++)
		into[i] = (uint32_t)i;
	for (size_t i = 0, end; i < entries->n; i = end) {
		end = group_end(entries, i);
		merge_group(lexicon, &entries->entry[i], end - i, into);
	}
	/* a row goes into an earlier one, whose new number is known by then */
	for (size_t i = 0; i < lexicon->nterm; i++) {
		if (into[i] != i) {
			into[i] = into[into[i]];
			continue;
		}
		lexicon->term[n] = lexicon->term[i];
		into[i] = (uint32_t)n++;
	}
	lexicon->nterm = n;
	for (size_t i = 0; i < entries->n; i++)
		entries->entry[i].term = into[entries->entry[i].term];
	free(into);
}

/* Which of two terms of one key is better: the file's order, headwords before aliases, lines. */
static bool
is_before(const struct lexicon *lexicon, const struct entry *a, const struct entry *b)
{
	uint32_t first = lexicon->term[a->term].glossary;
	uint32_t second = lexicon->term[b->term].glossary;

	if (first != second)
		return first < second;
	if (a->is_alias != b->is_alias)
		return b->is_alias;
	return a->term < b->term;
}

static void
sort_senses(const struct lexicon *lexicon, struct entry *entry, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct entry moved = entry[i];
		size_t j = i;

		for (; j > 0 && is_before(lexicon, &moved, &entry[j - 1]); j--)
			entry[j] = entry[j - 1];
		entry[j] = moved;
	}
}

/* Makes one key of n entries, which are alike. */
static void
add_key(struct lexicon *lexicon, struct entry *entry, size_t n)
{
	struct key key = { .first = (uint32_t)lexicon->nsense, .length = entry->key.n };
	uint32_t id = (uint32_t)lexicon->nkey;

	sort_senses(lexicon, entry, n);
	for (size_t i = 0; i < n; i++) {
		struct term *term = &lexicon->term[entry[i].term];
		bool is_there = false;

		if (!entry[i].is_alias)
			term->key = id;
		/* an alias may be the headword in the other script */
		for (uint32_t j = 0; j < key.n && !is_there; j++)
			is_there = lexicon->sense[key.first + j] == entry[i].term;
		if (is_there)
			continue;
		key.is_class |= lexicon->glossary[term->glossary].is_class;
		ARRAY_ADD(lexicon->sense, lexicon->nsense, lexicon->cap_sense, entry[i].term);
		key.n++;
	}
	ARRAY_ADD(lexicon->key, lexicon->nkey, lexicon->cap_key, key);
}

static void
build_keys(struct lexicon *lexicon, bool merge)
{
	struct entries entries = list_entries(lexicon);
	struct matcher_key *keys = xcalloc(entries.n, sizeof *keys);
	size_t n = 0;

	if (merge)
		merge_terms(lexicon, &entries);
	for (size_t i = 0, end; i < entries.n; i = end) {
		end = group_end(&entries, i);
		keys[n] = entries.entry[i].key;
		keys[n].key = (uint32_t)n;
		n++;
		add_key(lexicon, &entries.entry[i], end - i);
	}
	lexicon->matcher = matcher_new(keys, n);
	free(keys);
	free(entries.entry);
}

struct lexicon *
lexicon_build(const struct lexicon_source *source, size_t n, bool merge, struct diag *diag)
{
	struct lexicon *lexicon = xcalloc(1, sizeof *lexicon);

	for (size_t i = 0; i < n; i++)
		tsv_load(lexicon, &source[i], diag);
	build_keys(lexicon, merge);
	return lexicon;
}

struct lexicon *
lexicon_open(const struct lexicon_source *source, size_t n, struct diag *diag)
{
	return lexicon_build(source, n, true, diag);
}

void
lexicon_free(struct lexicon *lexicon)
{
	if (!lexicon)
		return;
	for (size_t i = 0; i < lexicon->nglossary; i++)
		free(lexicon->glossary[i].path);
	matcher_free(lexicon->matcher);
	free(lexicon->glossary);
	free(lexicon->term);
	free(lexicon->key);
	free(lexicon->sense);
	arena_fini(&lexicon->arena);
	free(lexicon);
}

uint32_t
lexicon_find_key(const struct lexicon *lexicon, struct slice word)
{
	return matcher_find(lexicon->matcher, word);
}
