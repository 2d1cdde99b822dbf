/* What the files of glossary/ share. */
#ifndef GLOSSARY_INTERNAL_H
#define GLOSSARY_INTERNAL_H

#include "glossary/glossary.h"

/* lexicon.c: lexicon_open(); without `merge` every row of a file stays a term of its own. */
struct lexicon *lexicon_build(const struct lexicon_source *source, size_t n, bool merge,
			      struct diag *diag);

/* tsv.c: appends the rows of one file to the lexicon's terms. */
void tsv_load(struct lexicon *lexicon, const struct lexicon_source *source, struct diag *diag);
/* Splits at ';', trimmed, without empty ones. */
struct slice *tsv_split(struct arena *arena, struct slice list, size_t *n);

/* match.c: a trie over folded code points, from keys that are sorted and distinct. */
struct matcher_key {
	uint32_t *cp;
	uint32_t n, key;
};
struct matcher *matcher_new(struct matcher_key *key, size_t n);
void matcher_free(struct matcher *matcher);
uint32_t matcher_find(const struct matcher *matcher, struct slice word);

/* pinyin.c: the syllables of a reading. */
struct syllable {
	char letters[8]; /* lower case, ü as v */
	int tone;	 /* 1 to 4; 5 neutral */
	bool is_wrong;	 /* the mark is on the wrong vowel */
	bool is_known;	 /* it is one of Mandarin's */
};
/*
 * Takes the next syllable off *rest; false at the end. A tone is a mark or a digit 1 to 5 right after
 * the letters. Other digits and Latin words count as unknown.
 */
bool pinyin_next(struct slice *rest, struct syllable *syllable);

#endif
