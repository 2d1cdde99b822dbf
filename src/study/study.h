/*
 * A document crossed with a lexicon: hits, the keyword index, search. Everything here is a value
 * made once; a worker makes a study whole and hands it over.
 */
#ifndef STUDY_STUDY_H
#define STUDY_STUDY_H

#include "base/buf.h"
#include "document/document.h"
#include "glossary/glossary.h"

/* One term of the article and where it stands. */
struct keyword {
	uint32_t term;	   /* index into lexicon->term: the best term of its keys */
	uint32_t first, n; /* its occurrences: study->occurrence[first .. first+n), by place */
};

/*
 * The keyword index. Occurrences are the hits of MATCH_PARTS: winners, class terms, and the terms
 * that a winner is best divided into. A term and its aliases are one keyword.
 */
struct study {
	struct hit *hit; /* sorted by start */
	size_t nhit, cap_hit;
	struct keyword *keyword; /* by first occurrence */
	size_t nkeyword, cap_keyword;
	uint32_t *occurrence; /* indices into hit */
	size_t noccurrence;
	uint32_t *keyword_of; /* by term: index into keyword, or NO_KEYWORD */
};
#define NO_KEYWORD UINT32_MAX

/*
 * Matches the whole text. `progress` (may be NULL) is told how many bytes are done now and then, and
 * ends the work early by returning false; then study_new() returns NULL.
 */
typedef bool study_progress(void *data, size_t done);
struct study *study_new(const struct document *doc, const struct lexicon *lexicon,
			study_progress *progress, void *data);
void study_free(struct study *study);

/* The keyword of a term, or NULL when the article does not hold it. */
const struct keyword *study_find_keyword(const struct study *study, uint32_t term);
const struct hit *study_occurrence(const struct study *study, const struct keyword *keyword,
				   size_t i);
/* Index (0 ..) of the first occurrence of the keyword at or after off; keyword->n if none. */
size_t study_next_occurrence(const struct study *study, const struct keyword *keyword, size_t off);
/* First hit (index) that starts at or after off. */
size_t study_find_hit(const struct study *study, size_t off);

enum index_order {
	INDEX_PINYIN, /* syllable by syllable, then tones, then strokes of the headword */
	INDEX_ENGLISH,
	INDEX_STROKE,
	INDEX_FREQUENCY, /* most frequent first */
	INDEX_PLACE,	 /* first occurrence */
	INDEX_ORDERS
};
const char *index_order_name(enum index_order order);
/*
 * Indices of keywords in this order, those whose term matches `filter` (Chinese in either script,
 * pinyin with or without tones, English; "" = all). The caller frees. *n is how many.
 */
uint32_t *study_order(const struct study *study, const struct lexicon *lexicon,
		      enum index_order order, struct slice filter, size_t *n);

/*
 * How a keyword is spread: count[i] for `parts` equal parts of the text (or of its top sections if there
 * are between 2 and `parts` of them).
 */
void study_spread(const struct study *study, const struct document *doc,
		  const struct keyword *keyword, uint32_t *count, size_t parts, size_t *used);

/*
 * The line of context around a place: up to `cols` columns, `hit_at` set to the columns before the hit,
 * cut at cluster ends, never over a block's end. For a concordance. Line ends and tabs become spaces.
 */
struct context {
	struct range before, hit, after; /* in the document text */
};
struct context study_context(struct document *doc, struct range hit, size_t cols);

/* search.c */
enum search_kind { SEARCH_LITERAL, SEARCH_PINYIN, SEARCH_ENGLISH, SEARCH_KINDS };
const char *search_kind_name(enum search_kind kind);

struct found {
	struct range *at; /* sorted */
	size_t n, cap;
	enum search_kind kind; /* how it was found */
};
/*
 * Literal search with folding (scripts, widths, case), across single line ends with the blanks
 * around them; hits do not overlap. Appends to found->at.
 */
void search_literal(struct slice text, struct range at, struct slice query, struct found *found);
/* Terms whose reading or English matches (term_is_match), where they occur. */
void search_terms(const struct study *study, const struct lexicon *lexicon, struct slice query,
		  enum search_kind kind, struct found *found);
/*
 * As a person means it: literal; if that finds nothing or the query begins with `~`, pinyin, then
 * English. study may be NULL (not ready): literal only.
 */
void search_all(const struct document *doc, const struct study *study,
		const struct lexicon *lexicon, struct slice query, struct found *found);
void found_fini(struct found *found);

#endif
