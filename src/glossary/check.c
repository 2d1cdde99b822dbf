/* What is wrong in glossary files: each finding with file and line. */
#include <stdlib.h>

#include "base/buf.h"
#include "file/file.h"
#include "glossary/internal.h"
#include "text/fold.h"
#include "text/script.h"
#include "text/utf8.h"

#define COLUMNS 8

struct checker {
	const struct lexicon *lexicon; /* every row a term */
	bool strict;
	struct diag *diag;
	size_t n;
};

static void
report(struct checker *checker, const struct term *term, const char *what, struct slice about)
{
	diag_add(checker->diag, DIAG_ERROR, checker->lexicon->glossary[term->glossary].path,
		 term->line, "%.*s: %s%s%.*s", (int)term->headword.n, term->headword.s, what,
		 about.n ? ": " : "", (int)about.n, about.n ? about.s : "");
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

/* A word of ASCII letters and digits. */
static bool
is_ascii_word(struct slice word)
{
	for (size_t i = 0; i < word.n; i++)
		if ((unsigned char)word.s[i] >= 0x80)
			return false;
	return word.n > 0;
}

/* The reading without the Latin words and numbers that the headword has too: "AI pàomò". */
static void
add_han_reading(struct buf *out, const struct term *term)
{
	struct slice rest = term->pinyin;
	struct buf head = { 0 };

	text_fold_add(&head, term->headword);
	while (rest.s) {
		struct slice word = slice_cut(&rest, ' ');
		struct buf folded = { 0 };

		text_fold_add(&folded, word);
		if (!is_ascii_word(word) ||
		    slice_find(buf_slice(&head), buf_slice(&folded), 0) == NOWHERE) {
			buf_add(out, word);
			buf_add_byte(out, ' ');
		}
		buf_fini(&folded);
	}
	buf_fini(&head);
}

static void
check_pinyin(struct checker *checker, const struct term *term)
{
	struct buf reading = { 0 };
	struct slice rest;
	struct syllable syllable;
	size_t n = 0;

	if (term->pinyin.n == 0)
		return;
	add_han_reading(&reading, term);
	rest = buf_slice(&reading);
	while (pinyin_next(&rest, &syllable)) {
		n++;
		if (!syllable.is_known)
			report(checker, term, "no such syllable", slice_of(syllable.letters));
		if (syllable.is_wrong)
			report(checker, term, "the tone mark is on the wrong vowel",
			       slice_of(syllable.letters));
	}
	if (n != count_han(term->headword))
		report(checker, term, "the syllables do not fit the characters", term->pinyin);
	buf_fini(&reading);
}

static void
check_scripts(struct checker *checker, const struct term *term)
{
	struct buf a = { 0 }, b = { 0 };

	if (checker->strict && script_of(term->headword) == SCRIPT_HANS)
		report(checker, term, "column 1 is simplified", SLICE(""));
	if (term->simplified.n == 0)
		return;
	text_fold_add(&a, term->headword);
	text_fold_add(&b, term->simplified);
	if (utf8_length(term->headword) != utf8_length(term->simplified))
		report(checker, term, "the simplified form has another number of characters",
		       term->simplified);
	else if (!slice_equal(buf_slice(&a), buf_slice(&b)))
		report(checker, term, "the simplified form is of other characters",
		       term->simplified);
	if (script_of(term->simplified) == SCRIPT_HANT)
		report(checker, term, "the simplified form is traditional", term->simplified);
	buf_fini(&a);
	buf_fini(&b);
}

/* Alike but for case and a final full stop. */
static bool
is_same_text(struct slice a, struct slice b)
{
	struct buf x = { 0 }, y = { 0 };
	bool same;

	a.n -= a.n && a.s[a.n - 1] == '.';
	b.n -= b.n && b.s[b.n - 1] == '.';
	text_fold_add(&x, a);
	text_fold_add(&y, b);
	same = slice_equal(buf_slice(&x), buf_slice(&y));
	buf_fini(&x);
	buf_fini(&y);
	return same;
}

static void
check_fields(struct checker *checker, const struct term *term)
{
	struct slice definition = term->definition;

	if (checker->strict && (definition.n == 0 || term->simplified.n == 0 ||
				term->pinyin.n == 0 || term->domain.n == 0))
		report(checker, term,
		       "a column is empty: definition, simplified, pinyin or domain", SLICE(""));
	if (checker->strict && definition.n && definition.s[definition.n - 1] != '.')
		report(checker, term, "the definition does not end in a full stop", SLICE(""));
	for (size_t i = 0; i < term->nenglish; i++)
		if (definition.n && is_same_text(term->english[i], definition))
			report(checker, term, "the definition repeats the English", SLICE(""));
	for (size_t i = 0; i < term->nsee; i++)
		if (lexicon_find_key(checker->lexicon, term->see[i]) == NO_KEY)
			report(checker, term, "see also leads nowhere", term->see[i]);
}

/* Two rows of one file as OmegaT writes alternatives: a headword, other English, no more columns. */
static bool
are_alternatives(const struct term *a, const struct term *b, uint32_t key)
{
	const struct term *pair[] = { a, b };

	for (size_t i = 0; i < 2; i++)
		if (pair[i]->key != key || pair[i]->simplified.n || pair[i]->pinyin.n ||
		    pair[i]->domain.n || pair[i]->nalias || pair[i]->nsee)
			return false;
	return a->glossary == b->glossary && !slice_equal(a->english[0], b->english[0]);
}

/* One key, several terms: duplicate heads, clashing aliases. */
static void
check_keys(struct checker *checker)
{
	const struct lexicon *lexicon = checker->lexicon;

	for (uint32_t k = 0; k < lexicon->nkey; k++) {
		const struct key *key = &lexicon->key[k];
		const struct term *first = &lexicon->term[lexicon_best(lexicon, k)];

		for (uint32_t i = 1; i < key->n; i++) {
			const struct term *term = &lexicon->term[lexicon->sense[key->first + i]];

			if (!checker->strict && are_alternatives(first, term, k))
				continue;
			if (term->key == k && first->key == k)
				report(checker, term, "is a headword already in",
				       slice_of(lexicon->glossary[first->glossary].path));
			else
				report(checker, term, "shares a headword or an alias with",
				       first->headword);
		}
	}
}

/*
 * First and last code points of what well-formed NFC does not have, or only where nothing composes
 * (NFC_Quick_Check of UAX #15 is No or Maybe); as far as it occurs near Chinese and pinyin.
 */
static const uint32_t not_nfc[][2] = {
	{ 0x0300, 0x0304 }, { 0x0306, 0x030C }, { 0x030F, 0x030F }, { 0x0311, 0x0311 },
	{ 0x0313, 0x0314 }, { 0x031B, 0x031B }, { 0x0323, 0x0328 }, { 0x032D, 0x032E },
	{ 0x0330, 0x0331 }, { 0x0338, 0x0338 }, { 0x0340, 0x0345 }, { 0x0374, 0x0374 },
	{ 0x037E, 0x037E }, { 0x0387, 0x0387 }, { 0x1FEF, 0x1FEF }, { 0x2000, 0x2001 },
	{ 0x2126, 0x2126 }, { 0x212A, 0x212B }, { 0x2329, 0x232A }, { 0x3099, 0x309A },
	{ 0xF900, 0xFA0D }, { 0xFA10, 0xFA10 }, { 0xFA12, 0xFA12 }, { 0xFA15, 0xFA1E },
	{ 0xFA20, 0xFA20 }, { 0xFA22, 0xFA22 }, { 0xFA25, 0xFA26 }, { 0xFA2A, 0xFAD9 },
	{ 0x2F800, 0x2FA1D },
};

static bool
is_not_nfc(uint32_t cp)
{
	for (size_t i = 0; i < sizeof not_nfc / sizeof *not_nfc; i++)
		if (cp >= not_nfc[i][0] && cp <= not_nfc[i][1])
			return true;
	return false;
}

static bool
has_control(struct slice line)
{
	uint32_t cp;

	for (size_t off = 0; off < line.n;) {
		off += utf8_decode(line, off, &cp);
		if ((cp < 0x20 && cp != '\t') || (cp >= 0x7F && cp < 0xA0))
			return true;
	}
	return false;
}

static bool
has_not_nfc(struct slice line)
{
	uint32_t cp;

	for (size_t off = 0; off < line.n;) {
		off += utf8_decode(line, off, &cp);
		if (is_not_nfc(cp))
			return true;
	}
	return false;
}

static bool
has_two_spaces(struct slice line)
{
	return slice_find(line, SLICE("  "), 0) != NOWHERE;
}

static bool
has_edge_space(struct slice line)
{
	while (line.s) {
		struct slice column = slice_cut(&line, '\t');

		if (column.n && (column.s[0] == ' ' || column.s[column.n - 1] == ' '))
			return true;
	}
	return false;
}

/* Habits of a line; its columns are checked apart. */
static const struct {
	bool (*has)(struct slice line);
	const char *what;
} habits[] = {
	{ has_control, "a control character" },
	{ has_not_nfc, "characters that are not composed: normalise to NFC" },
	{ has_two_spaces, "two spaces" },
	{ has_edge_space, "a space at the edge of a column" },
};

static void
check_line(struct checker *checker, const char *path, unsigned number, struct slice line)
{
	size_t columns = 1;

	for (size_t i = 0; i < line.n; i++)
		columns += line.s[i] == '\t';
	if (columns > COLUMNS || (checker->strict && columns < COLUMNS)) {
		diag_add(checker->diag, DIAG_ERROR, path, number, "has not eight columns but %zu",
			 columns);
		checker->n++;
	}
	for (size_t i = 0; i < sizeof habits / sizeof *habits; i++) {
		if (!habits[i].has(line))
			continue;
		diag_add(checker->diag, DIAG_ERROR, path, number, "%s", habits[i].what);
		checker->n++;
	}
}

static void
check_lines(struct checker *checker, const char *path)
{
	struct file *file = file_open(path, NULL); /* loading has said why not */
	struct slice rest;

	if (!file)
		return;
	rest = file->bytes;
	for (unsigned number = 1; rest.s; number++) {
		struct slice line = slice_cut(&rest, '\n');

		line.n -= line.n && line.s[line.n - 1] == '\r';
		if (line.n && line.s[0] != '#')
			check_line(checker, path, number, line);
	}
	file_close(file);
}

size_t
glossary_check(const char *const *path, size_t n, bool strict, struct diag *diag)
{
	struct lexicon_source *source = xcalloc(n, sizeof *source);
	struct diag own = { 0 };
	struct checker checker = { .strict = strict, .diag = diag ? diag : &own };
	size_t before = checker.diag->n;
	struct lexicon *lexicon;

	for (size_t i = 0; i < n; i++)
		source[i] = (struct lexicon_source){ path[i], false };
	checker.lexicon = lexicon = lexicon_build(source, n, false, checker.diag);
	checker.n = checker.diag->n - before;
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
	diag_fini(&own);
	return checker.n;
}
