/* Readings: Hanyu pinyin by word with tone marks (GB/T 16159). */
#include <ctype.h>

#include "base/buf.h"
#include "glossary/internal.h"
#include "text/fold.h"
#include "text/utf8.h"

/* Marked vowels: the letter under the mark, and the tone. ü is written v here. */
static const struct {
	const char *mark;
	char letter;
	int tone;
} marked[] = {
	{ "ā", 'a', 1 }, { "á", 'a', 2 }, { "ǎ", 'a', 3 }, { "à", 'a', 4 }, { "ē", 'e', 1 },
	{ "é", 'e', 2 }, { "ě", 'e', 3 }, { "è", 'e', 4 }, { "ī", 'i', 1 }, { "í", 'i', 2 },
	{ "ǐ", 'i', 3 }, { "ì", 'i', 4 }, { "ō", 'o', 1 }, { "ó", 'o', 2 }, { "ǒ", 'o', 3 },
	{ "ò", 'o', 4 }, { "ū", 'u', 1 }, { "ú", 'u', 2 }, { "ǔ", 'u', 3 }, { "ù", 'u', 4 },
	{ "ǖ", 'v', 1 }, { "ǘ", 'v', 2 }, { "ǚ", 'v', 3 }, { "ǜ", 'v', 4 }, { "ü", 'v', 5 },
	{ "Ā", 'a', 1 }, { "Á", 'a', 2 }, { "Ǎ", 'a', 3 }, { "À", 'a', 4 }, { "Ē", 'e', 1 },
	{ "É", 'e', 2 }, { "Ě", 'e', 3 }, { "È", 'e', 4 }, { "Ō", 'o', 1 }, { "Ó", 'o', 2 },
	{ "Ǒ", 'o', 3 }, { "Ò", 'o', 4 }, { "Ü", 'v', 5 },
};

/* Initials and the finals that Mandarin has after each, as 汉语拼音方案 spells them. */
static const struct {
	const char *initial, *finals;
} syllables[] = {
	{ "", " a ai an ang ao e ei en eng er o ou " },
	{ "b", " a ai an ang ao ei en eng i ian iao ie in ing o u " },
	{ "p", " a ai an ang ao ei en eng i ian iao ie in ing o ou u " },
	{ "m", " a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u " },
	{ "f", " a an ang ei en eng o ou u " },
	{ "d", " a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo " },
	{ "t", " a ai an ang ao e ei eng i ian iao ie ing ong ou u uan ui un uo " },
	{ "n", " a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan un uo v ve " },
	{ "l", " a ai an ang ao e ei eng i ia ian iang iao ie in ing iu o ong ou u uan un uo v ve " },
	{ "g", " a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo " },
	{ "k", " a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo " },
	{ "h", " a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo " },
	{ "j", " i ia ian iang iao ie in ing iong iu u uan ue un " },
	{ "q", " i ia ian iang iao ie in ing iong iu u uan ue un " },
	{ "x", " i ia ian iang iao ie in ing iong iu u uan ue un " },
	{ "zh", " a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo " },
	{ "ch", " a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo " },
	{ "sh", " a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo " },
	{ "r", " an ang ao e en eng i ong ou u ua uan ui un uo " },
	{ "z", " a ai an ang ao e ei en eng i ong ou u uan ui un uo " },
	{ "c", " a ai an ang ao e en eng i ong ou u uan ui un uo " },
	{ "s", " a ai an ang ao e en eng i ong ou u uan ui un uo " },
	{ "y", " a an ang ao e i in ing o ong ou u uan ue un " },
	{ "w", " a ai an ang ei en eng o u " },
};

static bool
is_syllable(const char *letters, size_t n)
{
	for (size_t i = 0; i < sizeof syllables / sizeof *syllables; i++) {
		size_t skip = strlen(syllables[i].initial);
		char final[12];

		if (skip > n || n - skip > 8 || memcmp(letters, syllables[i].initial, skip) != 0)
			continue;
		final[0] = ' ';
		memcpy(final + 1, letters + skip, n - skip);
		final[n - skip + 1] = ' ';
		final[n - skip + 2] = '\0';
		if (n > skip && strstr(syllables[i].finals, final))
			return true;
	}
	return false;
}

/* One letter of a reading: its bytes in the text, the plain letter, its tone (0: no mark). */
struct letter {
	size_t bytes;
	char plain; /* 0: no letter */
	int tone;
};

static struct letter
read_letter(struct slice text)
{
	struct letter letter = { .bytes = 1 };
	uint32_t cp;

	if (text.n == 0)
		return (struct letter){ 0 };
	if ((unsigned char)text.s[0] < 0x80) {
		if (isalpha((unsigned char)text.s[0]))
			letter.plain = (char)tolower((unsigned char)text.s[0]);
		return letter;
	}
	for (size_t i = 0; i < sizeof marked / sizeof *marked; i++)
		if (slice_begins(text, slice_of(marked[i].mark)))
			return (struct letter){ strlen(marked[i].mark), marked[i].letter,
						marked[i].tone == 5 ? 0 : marked[i].tone };
	letter.bytes = utf8_decode(text, 0, &cp);
	return letter;
}

/* The vowel that bears the mark: a, e, the o of ou, else the last (rule of 汉语拼音方案). */
static size_t
marked_vowel(const char *letters)
{
	size_t last = 0;

	for (size_t i = 0; letters[i]; i++) {
		if (letters[i] == 'a' || letters[i] == 'e')
			return i;
		if (letters[i] == 'o' && letters[i + 1] == 'u')
			return i;
		if (strchr("iouv", letters[i]))
			last = i;
	}
	return last;
}

#define LETTERS 7 /* of the longest syllable, zhuang, and one more */

/*
 * The longest syllable at the beginning of a run of letters such that what follows can begin a
 * syllable: a vowel there takes the consonant (fangan is fan-gan).
 */
static size_t
syllable_length(const struct letter *letter, size_t n)
{
	char plain[LETTERS + 2] = "";
	size_t best = 0;

	for (size_t i = 0; i < n && i < LETTERS; i++)
		plain[i] = letter[i].plain;
	for (size_t len = 1; len <= n && len <= LETTERS; len++) {
		unsigned marks = 0;
		bool before_vowel = len < n && strchr("aeiouv", letter[len].plain);

		for (size_t i = 0; i < len; i++)
			marks += letter[i].tone != 0;
		if (marks > 1 || !is_syllable(plain, len))
			continue;
		if (before_vowel && len > 1 && strchr("ngr", plain[len - 1]) &&
		    is_syllable(plain, len - 1))
			continue;
		best = len;
	}
	/* erhua: an r alone that ends the word */
	if (best == 0 && plain[0] == 'r' && n == 1)
		return 1;
	return best;
}

/* Letters that follow one another, at most max. */
static size_t
read_run(struct slice at, struct letter *run, size_t max)
{
	size_t n = 0;

	while (n < max && at.n) {
		run[n] = read_letter(at);
		if (!run[n].plain)
			break;
		at = slice_from(at, run[n++].bytes);
	}
	return n;
}

/* A tone in digits right after the letters: zhan4. */
static void
take_tone_digit(struct slice *rest, struct syllable *syllable)
{
	bool is_tone = rest->n && rest->s[0] >= '1' && rest->s[0] <= '5';

	if (!is_tone || syllable->tone != 5 ||
	    (rest->n > 1 && isdigit((unsigned char)rest->s[1])))
		return;
	syllable->tone = rest->s[0] - '0';
	*rest = slice_from(*rest, 1);
}

bool
pinyin_next(struct slice *rest, struct syllable *syllable)
{
	struct letter run[32];
	size_t n, len, bytes = 0;

	*syllable = (struct syllable){ .tone = 5 };
	while (rest->n && !read_letter(*rest).plain && !isdigit((unsigned char)rest->s[0]))
		*rest = slice_from(*rest, read_letter(*rest).bytes);
	if (rest->n == 0)
		return false;
	n = read_run(*rest, run, sizeof run / sizeof *run);
	if (n == 0) { /* a digit */
		syllable->letters[0] = rest->s[0];
		*rest = slice_from(*rest, 1);
		return true;
	}
	len = syllable_length(run, n);
	syllable->is_known = len > 0;
	if (len == 0) /* Latin: the whole run */
		len = n;
	for (size_t i = 0; i < len; i++) {
		bytes += run[i].bytes;
		if (i < LETTERS)
			syllable->letters[i] = run[i].plain;
		if (run[i].tone)
			syllable->tone = run[i].tone;
	}
	if (syllable->is_known)
		syllable->is_wrong = syllable->tone != 5 &&
				     !run[marked_vowel(syllable->letters)].tone;
	*rest = slice_from(*rest, bytes);
	if (syllable->is_known)
		take_tone_digit(rest, syllable);
	return true;
}

int
pinyin_count(struct slice pinyin)
{
	struct syllable syllable;
	int n = 0;

	while (pinyin_next(&pinyin, &syllable)) {
		if (!syllable.is_known)
			return -1;
		n++;
	}
	return n;
}

void
pinyin_key(struct slice pinyin, struct buf *out)
{
	struct buf tones = { 0 };
	struct syllable syllable;
	bool is_read = false;

	while (pinyin_next(&pinyin, &syllable)) {
		buf_add_text(out, syllable.letters);
		buf_add_byte(out, ' '); /* below every letter: cha before chan */
		buf_add_byte(&tones, (char)('0' + syllable.tone));
		is_read = true;
	}
	if (!is_read)
		buf_add_byte(out, '\x7F'); /* without a reading: last */
	buf_add_byte(out, '\0');
	buf_add(out, buf_slice(&tones));
	buf_fini(&tones);
}

/* The bytes at the beginning of a query that stand between syllables: blanks, apostrophes. */
static size_t
separator_length(struct slice query)
{
	static const char *const separators[] = { " ", "'", "-", "\xE2\x80\x99" };

	for (size_t i = 0; i < sizeof separators / sizeof *separators; i++)
		if (slice_begins(query, slice_of(separators[i])))
			return strlen(separators[i]);
	return 0;
}

/* A letter of a query: u for ü too, v, and marks; tones go to *tone. */
static bool
letters_match(const char *letters, int tone, struct slice query, size_t *used)
{
	size_t off = 0, i = 0;
	int asked = 0;

	while (letters[i]) {
		struct letter letter = read_letter(slice_from(query, off));

		if (letter.bytes == 0 || !letter.plain ||
		    (letter.plain != letters[i] && !(letter.plain == 'u' && letters[i] == 'v')))
			return false;
		asked = letter.tone ? letter.tone : asked;
		off += letter.bytes;
		i++;
	}
	if (off < query.n && query.s[off] >= '1' && query.s[off] <= '5')
		asked = query.s[off++] - '0';
	*used = off;
	return asked == 0 || asked == tone;
}

/* Whole syllables of the reading, as many as the query has; at least one. */
static bool
matches_from(struct slice reading, struct slice query)
{
	struct syllable syllable;
	bool some = false;

	while (query.n) {
		size_t used = separator_length(query);

		if (used == 0) {
			if (!pinyin_next(&reading, &syllable) ||
			    !letters_match(syllable.letters, syllable.tone, query, &used))
				return false;
			some = true;
		}
		query = slice_from(query, used);
	}
	return some;
}

static bool
is_pinyin_match(struct slice reading, struct slice query)
{
	bool begins = true;

	for (size_t i = 0; i < reading.n; i++) {
		if (begins && matches_from(slice_from(reading, i), query))
			return true;
		begins = reading.s[i] == ' ' || reading.s[i] == '-';
	}
	return false;
}

/* Does a word of the text begin so? Letters beyond ASCII are parts of words. */
static bool
has_word(struct slice text, struct slice word)
{
	for (size_t i = 0; i + word.n <= text.n; i++)
		if ((i == 0 || ((unsigned char)text.s[i - 1] < 0x80 &&
				!isalnum((unsigned char)text.s[i - 1]))) &&
		    memcmp(text.s + i, word.s, word.n) == 0)
			return true;
	return false;
}

/* Every word of the query begins a word of one alternative. */
static bool
is_english_match(const struct term *term, struct slice query)
{
	for (size_t i = 0; i < term->nenglish; i++) {
		struct buf text = { 0 };
		struct slice words = query;
		bool all = true;

		text_fold_add(&text, term->english[i]);
		while (all && words.s) {
			struct slice word = slice_cut(&words, ' ');

			all = word.n == 0 || has_word(buf_slice(&text), word);
		}
		buf_fini(&text);
		if (all)
			return true;
	}
	return false;
}

static bool
is_chinese_match(const struct term *term, struct slice query)
{
	struct buf text = { 0 };
	bool found;

	text_fold_add(&text, term->headword);
	buf_add_byte(&text, '\n');
	text_fold_add(&text, term->simplified);
	for (size_t i = 0; i < term->nalias; i++) {
		buf_add_byte(&text, '\n');
		text_fold_add(&text, term->alias[i]);
	}
	found = slice_find(buf_slice(&text), query, 0) != NOWHERE;
	buf_fini(&text);
	return found;
}

bool
term_is_match(const struct term *term, struct slice query, enum lookup_kind kind)
{
	struct buf folded = { 0 };
	bool found = false;

	query = slice_trim(query);
	if (query.n == 0)
		return false;
	text_fold_add(&folded, query);
	if (kind & LOOKUP_CHINESE)
		found = is_chinese_match(term, buf_slice(&folded));
	if (!found && kind & LOOKUP_PINYIN)
		found = is_pinyin_match(term->pinyin, query);
	if (!found && kind & LOOKUP_ENGLISH)
		found = is_english_match(term, buf_slice(&folded));
	buf_fini(&folded);
	return found;
}
