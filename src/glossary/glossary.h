/*
 * Glossaries: terms from files, in an order of priority, and matching over the union of all.
 * Knows nothing of documents and screens. Immutable after lexicon_open(), so threads may share it.
 */
#ifndef GLOSSARY_GLOSSARY_H
#define GLOSSARY_GLOSSARY_H

#include <stdint.h>

#include "base/diag.h"
#include "base/memory.h"
#include "base/slice.h"

/* One entry. All text belongs to the lexicon; lists are split at ';' and trimmed. */
struct term {
	struct slice headword;	 /* as in the file, either script */
	struct slice simplified; /* "" when the file does not say */
	struct slice pinyin;	 /* by word with tone marks; "" when unknown */
	struct slice definition, domain;
	struct slice *english, *alias, *see;
	size_t nenglish, nalias, nsee;
	uint32_t glossary; /* index into lexicon->glossary */
	uint32_t line;	   /* 1-based, in that file */
	uint32_t key;	   /* of its headword */
};

struct glossary {
	char *path;
	struct slice name; /* file name without folder and ending: what the pane shows */
	struct slice title, licence, version;
	bool is_class; /* from --glossary: its terms are never dropped */
};

/* A distinct folded string that text is searched for: a headword or an alias. */
struct key {
	uint32_t first, n; /* its terms: lexicon->sense[first .. first+n), best first */
	uint32_t length;   /* code points */
	bool is_class;
};

/* All glossaries together. */
struct lexicon {
	struct glossary *glossary; /* in order of priority */
	size_t nglossary, cap_glossary;
	struct term *term; /* in order of glossary and file */
	size_t nterm, cap_term;
	struct key *key;
	size_t nkey, cap_key;
	uint32_t *sense; /* term indices; by glossary order, headwords before aliases */
	size_t nsense, cap_sense;
	struct matcher *matcher;
	struct arena arena;
};

struct lexicon_source {
	const char *path;
	bool is_class;
};

/*
 * Loads the files in order of priority. A file that cannot be read, or a malformed line, is a
 * diag with path and line, and the rest loads. Formats: native TSV and OmegaT's (same columns
 * 1 to 3; rows of one headword in one file become alternatives of one term), by content; UTF-8
 * unless the magic comment of line 1 names another coding.
 */
struct lexicon *lexicon_open(const struct lexicon_source *source, size_t n, struct diag *diag);
void lexicon_free(struct lexicon *lexicon);

/* The best term of a key. */
static inline uint32_t
lexicon_best(const struct lexicon *lexicon, uint32_t key)
{
	return lexicon->sense[lexicon->key[key].first];
}
/* The key of exactly this word (folded), or NO_KEY. */
uint32_t lexicon_find_key(const struct lexicon *lexicon, struct slice word);
#define NO_KEY UINT32_MAX

enum hit_kind {
	HIT_MAIN,   /* leftmost-longest winner */
	HIT_CLASS,  /* a class term that a longer shipped term covers: listed with it, before it */
	HIT_PART,   /* lies inside a winner and belongs to the best division of it into terms */
	HIT_BESIDE, /* any other shorter or overlapping term */
	HIT_KINDS
};

struct hit {
	size_t start;	 /* bytes, in the original text */
	uint32_t length; /* bytes */
	uint32_t key : 28, kind : 4;
};

struct hits {
	struct hit *hit;
	size_t n, cap;
};

enum match_depth { MATCH_MAIN, MATCH_PARTS, MATCH_ALL };

/*
 * Appends the hits that lie in text[at.start, at.end), sorted by start, then longer first. Folding
 * goes code point by code point over the original bytes; a hit never spans a line end. Leftmost-longest over
 * the union of all glossaries. Terms that begin or end with a Latin letter or digit match
 * whole words only. A stretch that begins at a line start gives the same hits as the whole text.
 *
 * MATCH_MAIN gives HIT_MAIN and HIT_CLASS; MATCH_PARTS adds HIT_PART; MATCH_ALL all kinds.
 * Best division of a winner into shorter terms: most characters covered, then fewest terms, then
 * the one whose last term is longest (Chinese words have their head at the end: 發展|國家 and not 中國 in
 * 發展中國家).
 */
void lexicon_match(const struct lexicon *lexicon, struct slice text, struct range at,
		   enum match_depth depth, struct hits *out);

/*
 * Keys for looking up, in the order of the terms; at most what matches:
 * chinese: headwords, simplified forms and aliases that contain the folded query;
 * pinyin: whole syllables from the beginning of a word, tones optional (zhanlüe, zhan4lve4, zhànlüè);
 * english: words of the English column, a word matched from its beginning.
 */
enum lookup_kind { LOOKUP_CHINESE = 1, LOOKUP_PINYIN = 2, LOOKUP_ENGLISH = 4 };
bool term_is_match(const struct term *term, struct slice query, enum lookup_kind kind);

/* pinyin.c */
/*
 * Sort key of a reading: syllable by syllable without tones, then the tones; what has no reading sorts
 * last. Compared as bytes.
 */
struct buf;
void pinyin_key(struct slice pinyin, struct buf *out);
/* Splits "zhànlüè" into syllables, each 1 to 4 tones (5 neutral); -1 if it is no pinyin. */
int pinyin_count(struct slice pinyin);

/*
 * check.c: finds what is wrong in glossary files, each with path and line; `strict` is what shipped
 * files must fulfil (all eight columns, traditional heads). Returns the number of findings.
 */
size_t glossary_check(const char *const *path, size_t n, bool strict, struct diag *diag);

#endif
