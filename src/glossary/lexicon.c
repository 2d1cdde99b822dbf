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

/* By key; then glossary order (terms are numbered in it), headwords before aliases in one. */
static int
compare_entries(const void *x, const void *y)
{
	const struct entry *a = x, *b = y;
	int order = compare_keys(&a->key, &b->key);

	if (order)
		return order;
	return a->term < b->term ? -1 : a->term > b->term;
}

/* In one glossary a headword goes before an alias. */
static void
sort_senses(const struct lexicon *lexicon, struct entry *entry, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		for (size_t j = i; j > 0; j--) {
			const struct term *a = &lexicon->term[entry[j - 1].term];
			const struct term *b = &lexicon->term[entry[j].term];
			struct entry swap = entry[j];

			if (a->glossary != b->glossary || !entry[j - 1].is_alias || entry[j].is_alias)
				break;
			entry[j] = entry[j - 1];
			entry[j - 1] = swap;
		}
	}
}

/* OmegaT has a row for each alternative: rows of one headword in one file are one term. */
static void
merge_rows(struct lexicon *lexicon, struct term *into, const struct term *from)
{
	struct slice *all = arena_alloc(&lexicon->arena,
					(into->nenglish + from->nenglish) * sizeof *all);
	size_t n = into->nenglish;

	memcpy(all, into->english, n * sizeof *all);
	for (size_t i = 0; i < from->nenglish; i++) {
		bool is_new = true;

		for (size_t j = 0; j < n; j++)
			is_new = is_new && !slice_equal(all[j], from->english[i]);
		if (is_new)
			all[n++] = from->english[i];
	}
	into->english = all;
	into->nenglish = n;
	if (into->definition.n == 0)
		into->definition = from->definition;
	if (into->pinyin.n == 0)
		into->pinyin = from->pinyin;
}

/* Makes one key of entries [0, n), which are alike. */
static void
add_key(struct lexicon *lexicon, struct entry *entry, size_t n)
{
	struct key key = { .first = (uint32_t)lexicon->nsense, .length = entry->key.n };
	uint32_t id = (uint32_t)lexicon->nkey;

	sort_senses(lexicon, entry, n);
	for (size_t i = 0; i < n; i++) {
		struct term *term = &lexicon->term[entry[i].term];
		struct term *first = key.n ? &lexicon->term[lexicon->sense[key.first + key.n - 1]] : NULL;

		if (first && !entry[i].is_alias && first->glossary == term->glossary &&
		    slice_equal(first->headword, term->headword)) {
			merge_rows(lexicon, first, term);
			term->key = id;
			continue;
		}
		if (!entry[i].is_alias)
			term->key = id;
		key.is_class |= lexicon->glossary[term->glossary].is_class;
		ARRAY_ADD(lexicon->sense, lexicon->nsense, lexicon->cap_sense, entry[i].term);
		key.n++;
	}
	ARRAY_ADD(lexicon->key, lexicon->nkey, lexicon->cap_key, key);
}

static void
build_keys(struct lexicon *lexicon)
{
	struct entries entries = { 0 };
	struct matcher_key *keys;
	size_t n = 0;

	for (size_t i = 0; i < lexicon->nterm; i++) {
		const struct term *term = &lexicon->term[i];

		add_entry(lexicon, &entries, term->headword, (uint32_t)i, false);
		for (size_t j = 0; j < term->nalias; j++)
			add_entry(lexicon, &entries, term->alias[j], (uint32_t)i, true);
	}
	if (entries.n)
		qsort(entries.entry, entries.n, sizeof *entries.entry, compare_entries);
	keys = xcalloc(entries.n, sizeof *keys);
	for (size_t i = 0, end; i < entries.n; i = end) {
		for (end = i + 1; end < entries.n &&
		     compare_keys(&entries.entry[i].key, &entries.entry[end].key) == 0;)
			end++;
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
lexicon_open(const struct lexicon_source *source, size_t n, struct diag *diag)
{
	struct lexicon *lexicon = xcalloc(1, sizeof *lexicon);

	for (size_t i = 0; i < n; i++)
		tsv_load(lexicon, &source[i], diag);
	build_keys(lexicon);
	return lexicon;
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
