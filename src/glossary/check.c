/* What is wrong in glossary files: each finding with file and line. */
#include <stdlib.h>

#include "base/buf.h"
#include "file/file.h"
#include "glossary/internal.h"
#include "text/fold.h"
#include "text/script.h"
#include "text/utf8.h"
#include "text/width.h"

struct checker {
	const struct lexicon *lexicon;
	bool strict;
	struct diag *diag;
	size_t n;
};

static void
report(struct checker *checker, const struct term *term, const char *what, struct slice about)
{
	diag_add(checker->diag, DIAG_ERROR, checker->lexicon->glossary[term->glossary].path,
		 term->line, "%.*s: %s%s%.*s", (int)term->headword.n, term->headword.s, what,
		 about.n ? ": " : "", (int)about.n, about.s);
	checker->n++;
}

static size_t
count_han(struct slice text)
{
	size_t n = 0;
	uint32_t cp;

	for (size_t off = 0; off < text.n;) {
		off += utf8_decode(text, off, &cp);
		n += script_is_han(cp);
	}
	return n;
}

static void
check_pinyin(struct checker *checker, const struct term *term)
{
	struct slice rest = term->pinyin;
	struct syllable syllable;
	size_t n = 0;

	while (pinyin_next(&rest, &syllable)) {
		n += syllable.is_known;
		if (!syllable.is_known && count_han(term->headword) == utf8_length(term->headword))
			report(checker, term, "no such syllable", slice_of(syllable.letters));
		if (syllable.is_wrong)
			report(checker, term, "the tone mark is on the wrong vowel",
			       slice_of(syllable.letters));
	}
	/* Latin letters in a term may look like syllables: then only too few are an error */
	if (term->pinyin.n && (n < count_han(term->headword) ||
			       (n > count_han(term->headword) &&
				count_han(term->headword) == utf8_length(term->headword))))
		report(checker, term, "the syllables do not fit the characters", term->pinyin);
}

static void
check_scripts(struct checker *checker, const struct term *term)
{
	struct buf a = { 0 }, b = { 0 };

	if (term->simplified.n == 0)
		return;
	text_fold_add(&a, term->headword);
	text_fold_add(&b, term->simplified);
	if (!slice_equal(buf_slice(&a), buf_slice(&b)))
		report(checker, term, "the simplified form is of other characters", term->simplified);
	if (checker->strict && script_of(term->headword) == SCRIPT_HANS)
		report(checker, term, "column 1 is simplified", (struct slice){ "", 0 });
	if (script_of(term->simplified) == SCRIPT_HANT)
		report(checker, term, "the simplified form is traditional", term->simplified);
	buf_fini(&a);
	buf_fini(&b);
}

static void
check_fields(struct checker *checker, const struct term *term)
{
	static const struct slice none;

	if (checker->strict && (term->definition.n == 0 || term->simplified.n == 0 ||
				term->pinyin.n == 0 || term->domain.n == 0))
		report(checker, term, "a column is empty: definition, simplified, pinyin or domain", none);
	if (checker->strict && term->definition.n && term->definition.s[term->definition.n - 1] != '.')
		report(checker, term, "the definition does not end in a full stop", none);
	for (size_t i = 0; i < term->nenglish; i++)
		if (slice_equal(term->english[i], term->definition))
			report(checker, term, "the definition repeats the English", none);
	for (size_t i = 0; i < term->nsee; i++)
		if (lexicon_find_key(checker->lexicon, term->see[i]) == NO_KEY)
			report(checker, term, "see also leads nowhere", term->see[i]);
}

/* One key, several terms: duplicate heads, clashing aliases. */
static void
check_keys(struct checker *checker)
{
	const struct lexicon *lexicon = checker->lexicon;

	for (size_t k = 0; k < lexicon->nkey; k++) {
		const struct key *key = &lexicon->key[k];

		for (uint32_t i = 1; i < key->n; i++)
			report(checker, &lexicon->term[lexicon->sense[key->first + i]],
			       "is a headword or an alias of",
			       lexicon->term[lexicon->sense[key->first]].headword);
	}
	for (size_t i = 1; i < lexicon->nterm; i++) { /* merged rows */
		const struct key *key = &lexicon->key[lexicon->term[i].key];
		bool is_there = false;

		for (uint32_t j = 0; j < key->n; j++)
			is_there |= lexicon->sense[key->first + j] == i;
		if (!is_there)
			report(checker, &lexicon->term[i], "stands twice in this file",
			       (struct slice){ "", 0 });
	}
}

/* Habits of the file itself, line by line: columns, spaces, control characters. */
static void
check_lines(struct checker *checker, const char *path)
{
	struct file *file = file_open(path, NULL); /* loading it has said why not */
	struct slice rest;
	unsigned number = 0;

	if (!file)
		return;
	for (rest = file->bytes; rest.n;) {
		struct slice line = slice_cut(&rest, '\n');
		size_t tabs = 0;
		const char *what = NULL;

		number++;
		if (line.n == 0 || line.s[0] == '#')
			continue;
		for (size_t i = 0; i < line.n; i++) {
			unsigned char c = (unsigned char)line.s[i];

			tabs += c == '\t';
			if ((c < ' ' && c != '\t') || c == 0x7F)
				what = "a control character";
		}
		if (slice_find(line, SLICE("  "), 0) != NOWHERE)
			what = "two spaces";
		if (slice_find(line, SLICE(" \t"), 0) != NOWHERE ||
		    slice_find(line, SLICE("\t "), 0) != NOWHERE)
			what = "a space at the edge of a column";
		if (utf8_valid_prefix(line) < line.n)
			what = "is not UTF-8";
		if (checker->strict && tabs != 7)
			what = "has not eight columns";
		if (what) {
			diag_add(checker->diag, DIAG_ERROR, path, number, "%s", what);
			checker->n++;
		}
	}
	file_close(file);
}

size_t
glossary_check(const char *const *path, size_t n, bool strict, struct diag *diag)
{
	struct lexicon_source *source = xcalloc(n, sizeof *source);
	struct lexicon *lexicon;
	struct checker checker = { .strict = strict, .diag = diag };

	for (size_t i = 0; i < n; i++)
		source[i] = (struct lexicon_source){ path[i], false };
	checker.lexicon = lexicon = lexicon_open(source, n, diag);
	checker.n = diag->n;
	for (size_t i = 0; i < n; i++)
		check_lines(&checker, path[i]);
	for (size_t i = 0; i < lexicon->nterm; i++) {
		check_pinyin(&checker, &lexicon->term[i]);
		check_scripts(&checker, &lexicon->term[i]);
		check_fields(&checker, &lexicon->term[i]);
	}
	check_keys(&checker);
	lexicon_free(lexicon);
	free(source);
	return checker.n;
}
