/* glossary/: loading, matching, readings, checking. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <locale.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/buf.h"
#include "file/file.h"
#include "glossary/glossary.h"
#include "text/fold.h"
#include "text/utf8.h"

static char *
write_file(const char *text)
{
	static unsigned number;
	struct buf path = { 0 };

	buf_printf(&path, "/tmp/duizhao-test-%ld-%u.tsv", (long)getpid(), number++);
	assert_true(file_save(buf_text(&path), slice_of(text), NULL));
	return buf_take(&path);
}

static struct lexicon *
open_texts(const char *class, const char *shipped, struct diag *diag)
{
	char *path[2] = { write_file(class), write_file(shipped) };
	struct lexicon_source source[2] = { { path[0], true }, { path[1], false } };
	struct lexicon *lexicon = lexicon_open(source, 2, diag);

	for (int i = 0; i < 2; i++) {
		unlink(path[i]);
		free(path[i]);
	}
	return lexicon;
}

/* Hits as text: "main 人工智能|part 智能". */
static void
check_hits(const struct lexicon *lexicon, const char *text, enum match_depth depth, const char *expected)
{
	static const char *const kind[] = { "main", "class", "part", "beside" };
	struct hits hits = { 0 };
	struct buf got = { 0 };

	lexicon_match(lexicon, slice_of(text), (struct range){ 0, strlen(text) }, depth, &hits);
	for (size_t i = 0; i < hits.n; i++)
		buf_printf(&got, "%s%s %.*s", i ? "|" : "", kind[hits.hit[i].kind],
			   (int)hits.hit[i].length, text + hits.hit[i].start);
	assert_string_equal(buf_text(&got), expected);
	buf_fini(&got);
	free(hits.hit);
}

static void
test_match(void **state)
{
	struct lexicon *lexicon = open_texts("", "發展\tdevelop\n中國\tChina\n國家\tstate\n發展中\tdeveloping\n"
		"發展中國家\tdeveloping country\nAI\tAI\n人工智能\tartificial intelligence\t\t\t\t\t人工智慧; AI技術\n"
		"能源\tenergy\n", NULL);

	(void)state;
	check_hits(lexicon, "发展中国家", MATCH_MAIN, "main 发展中国家");
	check_hits(lexicon, "發展中國家", MATCH_PARTS, "main 發展中國家|part 發展中|part 國家");
	check_hits(lexicon, "AI泡沫 MAIL ＡＩ", MATCH_MAIN, "main AI|main ＡＩ");
	check_hits(lexicon, "人工智慧", MATCH_MAIN, "main 人工智慧");
	check_hits(lexicon, "人工智能源", MATCH_ALL, "main 人工智能|beside 能源");
	check_hits(lexicon, "人工\n智能", MATCH_ALL, "");
	lexicon_free(lexicon);
}

static void
test_class(void **state)
{
	struct lexicon *lexicon = open_texts("智能\tmy intelligence\n人工智能\tmine\n",
					     "人工智能法案\tAI Act\n人工智能\tshipped\n", NULL);
	uint32_t key = lexicon_find_key(lexicon, SLICE("人工智能"));

	(void)state;
	check_hits(lexicon, "人工智能法案", MATCH_MAIN, "main 人工智能法案|class 人工智能|class 智能");
	assert_true(slice_is(lexicon->term[lexicon_best(lexicon, key)].english[0], "mine"));
	assert_int_equal(lexicon->key[key].n, 2);
	lexicon_free(lexicon);
}

static void
test_load(void **state)
{
	struct diag diag = { 0 };
	struct lexicon *lexicon = open_texts("", "\xEF\xBB\xBF# title: 例\n甲\tone\r\n甲\ttwo\nno tab\n\tempty head\n乙\t\n丙\tthree; four\n",
					     &diag);

	(void)state;
	assert_int_equal(diag.n, 3);
	assert_int_equal(diag.message[0].line, 4);
	assert_int_equal(diag.message[1].line, 5);
	assert_int_equal(diag.message[2].line, 6);
	assert_int_equal(lexicon->term[0].nenglish, 2); /* OmegaT's rows */
	assert_true(slice_is(lexicon->term[0].english[1], "two"));
	assert_true(slice_is(lexicon->glossary[1].title, "例"));
	diag_fini(&diag);
	lexicon_free(lexicon);
}

static void
test_pinyin(void **state)
{
	static const struct { const char *reading; int n; } table[] = {
		{ "réngōng zhìnéng", 4 }, { "Xī'ān", 2 }, { "fǎ'àn", 2 }, { "zhànlüè", 2 }, { "fāng'àn", 2 },
		{ "dānbǎo", 2 }, { "shēngwù", 2 }, { "nǚ'ér", 2 }, { "xyz", -1 }, { "jíjí-kěwēi", 4 },
	};
	struct buf a = { 0 }, b = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		assert_int_equal(pinyin_count(slice_of(table[i].reading)), table[i].n);
	pinyin_key(SLICE("chángqī"), &a);
	pinyin_key(SLICE("chóngfù"), &b);
	assert_true(slice_compare(buf_slice(&a), buf_slice(&b)) < 0);
	buf_fini(&a);
	buf_fini(&b);
}

static void
test_queries(void **state)
{
	static const struct { const char *query; enum lookup_kind kind; bool is; } table[] = {
		{ "战略", LOOKUP_CHINESE, true },	{ "戰", LOOKUP_CHINESE, true },
		{ "zhanlue", LOOKUP_PINYIN, true },	{ "zhan4lve4", LOOKUP_PINYIN, true },
		{ "zhànlüè zìzhǔ", LOOKUP_PINYIN, true }, { "zizhu", LOOKUP_PINYIN, true },
		{ "zhan1", LOOKUP_PINYIN, false },	{ "zha", LOOKUP_PINYIN, false },
		{ "auto", LOOKUP_ENGLISH, true },	{ "tegic", LOOKUP_ENGLISH, false },
		{ "Strategic AUTO", LOOKUP_ENGLISH, true },
	};
	struct lexicon *lexicon = open_texts("", "戰略自主\tstrategic autonomy\t\t战略自主\tzhànlüè zìzhǔ\n", NULL);

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		assert_int_equal(term_is_match(&lexicon->term[0], slice_of(table[i].query), table[i].kind),
				 table[i].is);
	lexicon_free(lexicon);
}

static void
test_check(void **state)
{
	static const struct { const char *line, *finding; } table[] = {
		{ "戰略\tstrategy\tA plan.\t战略\tzhànlüè\tpolicy\t\t", NULL },
		{ "戰略\tstrategy\tA plan.\t战略\tzhànlüè\tpolicy\t", "eight columns" },
		{ "戰略\tstrategy\tA plan.\t战争\tzhànlüè\tpolicy\t\t", "other characters" },
		{ "戰略\tstrategy\tA plan.\t战略\tzhàn\tpolicy\t\t", "do not fit" },
		{ "戰略\tstrategy\tA plan.\t战略\tzhànlǜèx\tpolicy\t\t", "" },
		{ "桂\tlaurel\tA tree.\t桂\tgùi\tpolicy\t\t", "wrong vowel" },
		{ "戰略\tstrategy\tA plan.\t战略\tzhànlüè\tpolicy\t\t無此", "nowhere" },
		{ "戰略\tstrategy\tA  plan.\t战略\tzhànlüè\tpolicy\t\t", "two spaces" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct buf text = { 0 };
		struct diag diag = { 0 };
		char *path;
		bool found = false;

		buf_printf(&text, "%s\n", table[i].line);
		path = write_file(buf_text(&text));
		assert_int_equal(glossary_check((const char *const[]){ path }, 1, true, &diag) > 0,
				 table[i].finding != NULL);
		for (size_t j = 0; j < diag.n && table[i].finding; j++)
			found = found || strstr(diag.message[j].text, table[i].finding);
		assert_true(found || !table[i].finding);
		unlink(path);
		free(path);
		diag_fini(&diag);
		buf_fini(&text);
	}
}

static char folder[] = "/tmp/duizhao-glossary-XXXXXX"; /* made once, by main */

static const char *
file_in(const char *name, char *path)
{
	snprintf(path, 128, "%s/%s", folder, name);
	return path;
}

static void
put_file(const char *name, const char *content)
{
	char path[128];

	assert_true(file_save(file_in(name, path), slice_of(content), NULL));
}

/* Loads a.tsv, b.tsv, c.tsv from the contents given; NULL: no such file. */
static struct lexicon *
load(const char *a, const char *b, const char *class_terms, struct diag *diag)
{
	const char *content[] = { a, b, class_terms };
	const char *name[] = { "a.tsv", "b.tsv", "c.tsv" };
	struct lexicon_source source[3];
	char path[3][128];
	size_t n = 0;

	for (size_t i = 0; i < 3; i++) {
		if (!content[i])
			continue;
		put_file(name[i], content[i]);
		source[n++] = (struct lexicon_source){ file_in(name[i], path[i]), i == 2 };
	}
	return lexicon_open(source, n, diag);
}

static struct slice
best(const struct lexicon *lexicon, const char *word)
{
	uint32_t key = lexicon_find_key(lexicon, slice_of(word));

	return key == NO_KEY ? SLICE("") : lexicon->term[lexicon_best(lexicon, key)].english[0];
}

/* Hits as text: "off:matched:kind" each, for comparing. */
static const char *
list_hits(const struct lexicon *lexicon, const char *text, enum match_depth depth, struct buf *out)
{
	static const char kinds[] = "MCPB";
	struct hits hits = { 0 };

	buf_clear(out);
	lexicon_match(lexicon, slice_of(text), (struct range){ 0, strlen(text) }, depth, &hits);
	for (size_t i = 0; i < hits.n; i++)
		buf_printf(out, "%s%zu:%.*s:%c", i ? " " : "", hits.hit[i].start,
			   (int)hits.hit[i].length, text + hits.hit[i].start,
			   kinds[hits.hit[i].kind]);
	free(hits.hit);
	return buf_text(out);
}

static void
assert_hits(const char *a, const char *class_terms, const char *text, enum match_depth depth,
	    const char *expected)
{
	struct lexicon *lexicon = load(a, NULL, class_terms, NULL);
	struct buf out = { 0 };

	assert_string_equal(list_hits(lexicon, text, depth, &out), expected);
	buf_fini(&out);
	lexicon_free(lexicon);
}

static void
test_fields(void **state)
{
	struct diag diag = { 0 };
	struct lexicon *lexicon = load(
	    "\xEF\xBB\xBF# Glossary in tab-separated format -*- coding: utf-8 -*-\r\n"
	    "# title: Trial\r\n# licence: CC0-1.0\r\n# version: 3\r\n"
	    "發展\tdevelopment; growth\tGetting larger.\t发展\tfāzhǎn\tpolicy\t進展; 成長\t國家\r\n"
	    "國家\tstate\r\n",
	    NULL, NULL, &diag);
	const struct term *term = &lexicon->term[0];

	(void)state;
	assert_int_equal(diag.n, 0);
	assert_int_equal(lexicon->nterm, 2);
	assert_int_equal(lexicon->nkey, 4);
	assert_true(slice_is(lexicon->glossary[0].name, "a"));
	assert_true(slice_is(lexicon->glossary[0].title, "Trial"));
	assert_true(slice_is(lexicon->glossary[0].licence, "CC0-1.0"));
	assert_true(slice_is(lexicon->glossary[0].version, "3"));
	assert_int_equal(term->nenglish, 2);
	assert_true(slice_is(term->english[1], "growth"));
	assert_int_equal(term->nalias, 2);
	assert_true(slice_is(term->see[0], "國家"));
	assert_true(slice_is(term->pinyin, "fāzhǎn"));
	assert_int_equal(term->line, 5);
	assert_int_equal(lexicon->term[1].pinyin.n, 0);
	assert_int_equal(lexicon_find_key(lexicon, SLICE("发展")), term->key);
	assert_int_equal(lexicon_find_key(lexicon, SLICE("发")), NO_KEY);
	assert_int_equal(lexicon_find_key(lexicon, SLICE("")), NO_KEY);
	lexicon_free(lexicon);
}

static void
test_coding(void **state)
{
	struct diag diag = { 0 };
	/* 中國 in Big5 */
	struct lexicon *lexicon = load("# Glossary -*- coding: big5 -*-\n\xA4\xA4\xB0\xEA\tChina\n",
				       NULL, NULL, &diag);

	(void)state;
	assert_int_equal(diag.n, 0);
	assert_true(slice_is(best(lexicon, "中国"), "China"));
	lexicon_free(lexicon);
}

static void
test_priority(void **state)
{
	struct lexicon *lexicon = load("進展\tprogress\t\t\t\t\t發展\n", "发展\tdevelopment\n",
				       "發展\tclass word\n", NULL);
	const struct key *key = &lexicon->key[lexicon_find_key(lexicon, SLICE("發展"))];

	(void)state;
	assert_int_equal(key->n, 3);
	assert_true(key->is_class);
	assert_int_equal(key->length, 2);
	for (uint32_t i = 0; i < 3; i++) /* glossary order, an alias of the first too */
		assert_int_equal(lexicon->term[lexicon->sense[key->first + i]].glossary, i);
	lexicon_free(lexicon);
	lexicon = load("進展\tprogress\t\t\t\t\t發展\n發展\tdevelopment\n", NULL, NULL, NULL);
	assert_true(slice_is(best(lexicon, "发展"), "development"));
	lexicon_free(lexicon);
}

static void
test_merge(void **state)
{
	struct diag diag = { 0 };
	struct lexicon *lexicon = load("發展\tdevelopment\n国家\tstate\n发展\tgrowth\tnote\n"
				       "發展\tdevelopment\n",
				       "發展\texpansion\n", NULL, &diag);
	const struct term *term = &lexicon->term[0];

	(void)state;
	assert_int_equal(diag.n, 0);
	assert_int_equal(lexicon->nterm, 3);
	assert_int_equal(term->nenglish, 2);
	assert_true(slice_is(term->english[1], "growth"));
	assert_true(slice_is(term->definition, "note"));
	assert_int_equal(lexicon->key[term->key].n, 2);
	assert_int_equal(lexicon->term[2].key, term->key);
	assert_true(slice_is(lexicon->term[1].headword, "国家"));
	lexicon_free(lexicon);
	/* an alias that is the headword in the other script is no second sense */
	lexicon = load("發展\tdevelopment\t\t\t\t\t发展\n", NULL, NULL, NULL);
	assert_int_equal(lexicon->nsense, 1);
	lexicon_free(lexicon);
}

static void
test_malformed(void **state)
{
	struct diag diag = { 0 };
	struct lexicon *lexicon = load("# title: x\n發展\n\tdevelopment\n國家\t \n中國\tChina\n"
				       "美\xFF國\tAmerica\n",
				       NULL, NULL, &diag);
	const unsigned line[] = { 2, 3, 4, 6 };
	char path[128];

	(void)state;
	assert_int_equal(diag.n, 4);
	for (size_t i = 0; i < diag.n; i++) {
		assert_int_equal(diag.message[i].level, DIAG_WARNING);
		assert_int_equal(diag.message[i].line, line[i]);
		assert_string_equal(diag.message[i].path, file_in("a.tsv", path));
	}
	assert_int_equal(lexicon->nterm, 2);
	assert_true(slice_is(lexicon->term[1].headword, "美\xEF\xBF\xBD國"));
	lexicon_free(lexicon);
	diag_fini(&diag);
}

static void
test_missing(void **state)
{
	struct lexicon_source source = { "/nowhere/at/all.tsv", false };
	struct diag diag = { 0 };
	struct lexicon *lexicon = lexicon_open(&source, 1, &diag);
	struct hits hits = { 0 };

	(void)state;
	assert_true(diag_has_errors(&diag));
	assert_int_equal(lexicon->nterm, 0);
	lexicon_match(lexicon, SLICE("發展"), (struct range){ 0, 6 }, MATCH_ALL, &hits);
	assert_int_equal(hits.n, 0);
	lexicon_free(lexicon);
	diag_fini(&diag);
}

static void
test_longest(void **state)
{
	const char *terms = "發展\td\n發展中國家\tdc\n人工智能\tai\t\t\t\t\t人工智慧\nAI\tai\nGDP\tg\n";

	(void)state;
	assert_hits(terms, NULL, "发展中国家和發展", MATCH_MAIN, "0:发展中国家:M 18:發展:M");
	assert_hits(terms, NULL, "发展中国", MATCH_MAIN, "0:发展:M");
	assert_hits(terms, NULL, "在人工智慧裡", MATCH_MAIN, "3:人工智慧:M");
	assert_hits(terms, NULL, "ＧＤＰ與gdp", MATCH_MAIN, "0:ＧＤＰ:M 12:gdp:M");
	assert_hits(terms, NULL, "發\n展 發\r展", MATCH_MAIN, "");
	assert_hits(terms, NULL, "發", MATCH_MAIN, "");
	assert_hits(terms, NULL, "\xE7\x99發展\xFF", MATCH_MAIN, "2:發展:M");
}

static void
test_latin(void **state)
{
	const char *terms = "AI\tai\nMistral AI\tm\n5G\tg\nA股\ta\n";

	(void)state;
	assert_hits(terms, NULL, "AI泡沫", MATCH_MAIN, "0:AI:M");
	assert_hits(terms, NULL, "MAIL", MATCH_MAIN, "");
	assert_hits(terms, NULL, "AI2 2AI ＭAI AIＸ", MATCH_MAIN, "");
	assert_hits(terms, NULL, "(ai)", MATCH_MAIN, "1:ai:M");
	assert_hits(terms, NULL, "用Mistral AI的5G網", MATCH_PARTS, "3:Mistral AI:M 11:AI:P 16:5G:M");
	assert_hits(terms, NULL, "A股市 AA股", MATCH_MAIN, "0:A股:M");
}

static void
test_parts(void **state)
{
	const char *terms = "發展\td\n中國\tc\n國家\ts\n發展中\tdi\n發展中國家\tdc\n家庭\tf\n";

	(void)state;
	assert_hits(terms, NULL, "發展中國家", MATCH_MAIN, "0:發展中國家:M");
	/* 發展中|國家 covers all five characters */
	assert_hits(terms, NULL, "发展中国家", MATCH_PARTS, "0:发展中国家:M 0:发展中:P 9:国家:P");
	assert_hits(terms, NULL, "發展中國家庭", MATCH_ALL,
		    "0:發展中國家:M 0:發展中:P 0:發展:B 6:中國:B 9:國家:P 12:家庭:B");
	/* of two divisions that cover as much, the one whose last term is longest */
	assert_hits("甲乙\tx\n乙丙丁\tx\n甲乙丙\tx\n丙丁\tx\n丁\tx\n甲乙丙丁\tx\n", NULL, "甲乙丙丁",
		    MATCH_PARTS, "0:甲乙丙丁:M 0:甲乙:P 6:丙丁:P");
	assert_hits("發展\td\n中國\tc\n國家\ts\n發展中國家\tdc\n", NULL, "發展中國家", MATCH_PARTS,
		    "0:發展中國家:M 0:發展:P 9:國家:P");
}

static void
test_class_kinds(void **state)
{
	const char *shipped = "發展中國家\tdc\n發展\td\n國家\ts\n";

	(void)state;
	assert_hits(shipped, "中國\tclass\n", "發展中國家", MATCH_MAIN, "0:發展中國家:M 6:中國:C");
	assert_hits(shipped, "國家\tclass\n", "發展中國家", MATCH_PARTS,
		    "0:發展中國家:M 0:發展:P 9:國家:C");
	assert_hits(shipped, "家庭\tclass\n", "發展中國家庭", MATCH_MAIN,
		    "0:發展中國家:M 12:家庭:C");
	/* inside a class term the parts are parts */
	assert_hits(NULL, "中國人\tclass\n中國\tclass\n國人\tclass\n", "中國人", MATCH_ALL,
		    "0:中國人:M 0:中國:B 3:國人:P");
	assert_hits(shipped, "發展中國家\tclass\n", "發展中國家", MATCH_MAIN, "0:發展中國家:M");
}

/* Characters of four bytes, at the beginning and inside. */
static void
test_beyond_bmp(void **state)
{
	(void)state;
	assert_hits("𠀀人\tx\n人𠀀𠀁\tx\n", NULL, "人𠀀𠀁𠀀人", MATCH_MAIN, "0:人𠀀𠀁:M 11:𠀀人:M");
	assert_hits("𠀀\tx\n", NULL, "人𠀁𠀀", MATCH_MAIN, "7:𠀀:M");
}

/* Small random texts over few characters, so that terms overlap in every way. */
static const char *const alphabet[] = { "中", "國", "国", "家", "發", "发", "A", "ａ", "1", " ", "\n" };

static unsigned
random_below(unsigned *seed, unsigned n)
{
	*seed = *seed * 1103515245u + 12345u;
	return (*seed >> 16) % n;
}

static void
add_random(struct buf *out, unsigned *seed, size_t length, unsigned letters)
{
	while (length-- > 0)
		buf_add_text(out, alphabet[random_below(seed, letters)]);
}

static struct lexicon *
random_lexicon(unsigned *seed)
{
	struct buf tsv[2] = { { 0 }, { 0 } };
	struct lexicon *lexicon;

	for (unsigned i = 0; i < 2; i++) {
		buf_add_text(&tsv[i], "# x\n");
		for (unsigned j = random_below(seed, i ? 3 : 9); j > 0; j--) {
			add_random(&tsv[i], seed, 1 + random_below(seed, 4), 9);
			buf_add_text(&tsv[i], "\tx\n");
		}
	}
	lexicon = load(buf_text(&tsv[0]), NULL, buf_text(&tsv[1]), NULL);
	buf_fini(&tsv[0]);
	buf_fini(&tsv[1]);
	return lexicon;
}

static bool
is_word_character(struct slice text, size_t off)
{
	uint32_t cp;

	if (off >= text.n)
		return false;
	utf8_decode(text, off, &cp);
	cp = text_fold(cp);
	return (cp >= 'a' && cp <= 'z') || (cp >= '0' && cp <= '9');
}

/* The obvious way: does this range, folded, equal a key, and is it whole words? */
static uint32_t
naive_key(const struct lexicon *lexicon, struct slice text, struct range at)
{
	struct slice word = slice_sub(text, at);
	struct buf folded = { 0 };
	uint32_t key = NO_KEY;

	text_fold_add(&folded, word);
	for (size_t i = 0; i < lexicon->nterm && key == NO_KEY; i++) {
		struct buf head = { 0 };

		text_fold_add(&head, lexicon->term[i].headword);
		if (slice_equal(buf_slice(&head), buf_slice(&folded)))
			key = lexicon->term[i].key;
		buf_fini(&head);
	}
	buf_fini(&folded);
	if (at.start > 0 && is_word_character(text, at.start) &&
	    is_word_character(text, utf8_prev(text, at.start)))
		return NO_KEY;
	if (is_word_character(text, utf8_prev(text, at.end)) && is_word_character(text, at.end))
		return NO_KEY;
	return key;
}

static size_t
next_character(struct slice text, size_t off)
{
	uint32_t cp;

	return off + utf8_decode(text, off, &cp);
}

/* Every match, and the winners among them, against what lexicon_match() says. */
static void
compare_naive(const struct lexicon *lexicon, struct slice text, const struct hits *hits)
{
	size_t free_from = 0, seen = 0, nmain = 0;

	for (size_t start = 0; start < text.n; start = next_character(text, start)) {
		size_t longest = 0, matches = 0, found = 0, main_end = 0;

		for (size_t end = start; end < text.n;) {
			end = next_character(text, end);
			if (naive_key(lexicon, text, (struct range){ start, end }) != NO_KEY)
				longest = end, matches++;
		}
		for (size_t i = 0; i < hits->n; i++) {
			const struct hit *hit = &hits->hit[i];
			struct range at = { hit->start, hit->start + hit->length };

			if (hit->start != start)
				continue;
			assert_int_equal(naive_key(lexicon, text, at), hit->key);
			if (hit->kind == HIT_MAIN)
				main_end = at.end;
			found++;
		}
		assert_int_equal(found, matches);
		if (longest && start >= free_from) {
			assert_int_equal(main_end, longest);
			free_from = longest;
			nmain++;
		} else {
			assert_int_equal(main_end, 0);
		}
		seen += found;
	}
	assert_int_equal(seen, hits->n);
}

/* Sorted, and no class term under another's winner is called anything else. */
static void
assert_sorted(const struct lexicon *lexicon, const struct hits *hits)
{
	const struct hit *winner = NULL;

	for (size_t i = 0; i < hits->n; i++) {
		const struct hit *hit = &hits->hit[i], *before = hit - (i > 0);

		assert_true(i == 0 || before->start < hit->start ||
			    (before->start == hit->start && before->length > hit->length));
		if (hit->kind == HIT_MAIN)
			winner = hit;
		else if (winner && lexicon->key[hit->key].is_class)
			assert_int_equal(hit->kind == HIT_CLASS, !lexicon->key[winner->key].is_class);
	}
}

/* The hits of a shallower depth are those of the deepest with the right kinds. */
static void
assert_depths(const struct lexicon *lexicon, struct slice text, const struct hits *all)
{
	for (int depth = MATCH_MAIN; depth < MATCH_ALL; depth++) {
		struct hits hits = { 0 };
		size_t n = 0;

		lexicon_match(lexicon, text, (struct range){ 0, text.n }, (enum match_depth)depth,
			      &hits);
		for (size_t i = 0; i < all->n; i++) {
			if (all->hit[i].kind == HIT_BESIDE ||
			    (all->hit[i].kind == HIT_PART && depth == MATCH_MAIN))
				continue;
			assert_true(n < hits.n);
			assert_memory_equal(&hits.hit[n++], &all->hit[i], sizeof *hits.hit);
		}
		assert_int_equal(n, hits.n);
		free(hits.hit);
	}
}

/* From a line start to anywhere: the hits of the whole text that lie there. */
static void
assert_stretch(const struct lexicon *lexicon, struct slice text, const struct hits *all,
	       struct range at)
{
	struct hits hits = { 0 };
	size_t n = 0;

	lexicon_match(lexicon, text, at, MATCH_ALL, &hits);
	for (size_t i = 0; i < all->n; i++) {
		if (all->hit[i].start < at.start || all->hit[i].start + all->hit[i].length > at.end)
			continue;
		assert_true(n < hits.n);
		assert_memory_equal(&hits.hit[n++], &all->hit[i], sizeof *hits.hit);
	}
	assert_int_equal(n, hits.n);
	free(hits.hit);
}

static void
test_random(void **state)
{
	unsigned seed = 7;

	(void)state;
	for (int round = 0; round < 600; round++) {
		struct lexicon *lexicon = random_lexicon(&seed);
		struct buf text = { 0 };
		struct hits hits = { 0 };
		struct slice all;

		add_random(&text, &seed, random_below(&seed, 40), 11);
		all = buf_slice(&text);
		lexicon_match(lexicon, all, (struct range){ 0, all.n }, MATCH_ALL, &hits);
		compare_naive(lexicon, all, &hits);
		assert_sorted(lexicon, &hits);
		assert_depths(lexicon, all, &hits);
		for (size_t start = 0; start < all.n; start++) {
			if (start && all.s[start - 1] != '\n')
				continue;
			for (size_t end = start; end <= all.n; end++)
				assert_stretch(lexicon, all, &hits, (struct range){ start, end });
		}
		free(hits.hit);
		buf_fini(&text);
		lexicon_free(lexicon);
	}
}

static void
test_pinyin_count(void **state)
{
	static const struct {
		const char *pinyin;
		int n;
	} row[] = {
		{ "zhànlüè", 2 }, { "zhan4lve4", 2 }, { "Xī'ān", 2 }, { "xiān", 1 }, { "fāng'àn", 2 },
		{ "fǎngǎn", 2 }, { "réngōng zhìnéng", 4 }, { "xīnán", 2 }, { "jǔbù-wéijiān", 4 },
		{ "nǚ'ér", 2 }, { "huār", 2 }, { "Zhōngguó tèsè", 4 }, { "shénme", 2 }, { "", 0 },
		{ "nánguā", 2 }, { "Ōuzhōu", 2 }, { "Mistral", -1 }, { "2030", -1 }, { "èr'ái", 2 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++)
		assert_int_equal(pinyin_count(slice_of(row[i].pinyin)), row[i].n);
}

/* In order: each sorts before the next. */
static void
test_pinyin_key(void **state)
{
	static const char *const row[] = {
		"ānquán",  "chā",     "chángqī", "chǎngqī", "chóngfù", "chóngfùxìng",
		"lùxiàn",  "lúnlǐ",   "lǜsè",	 "xī'ān",   "xiān",    "zhànlüè",
		"",
	};
	struct buf a = { 0 }, b = { 0 };

	(void)state;
	for (size_t i = 0; i + 1 < sizeof row / sizeof *row; i++) {
		buf_clear(&a);
		buf_clear(&b);
		pinyin_key(slice_of(row[i]), &a);
		pinyin_key(slice_of(row[i + 1]), &b);
		assert_true(slice_compare(buf_slice(&a), buf_slice(&b)) < 0);
	}
	buf_fini(&a);
	buf_fini(&b);
}

static bool
matches(const struct lexicon *lexicon, const char *query, enum lookup_kind kind)
{
	return term_is_match(&lexicon->term[0], slice_of(query), kind);
}

static void
assert_queries(const char *tsv, enum lookup_kind kind, const char *yes, const char *no)
{
	struct lexicon *lexicon = load(tsv, NULL, NULL, NULL);
	struct slice rest[] = { slice_of(yes), slice_of(no) };

	for (int i = 0; i < 2; i++) {
		while (rest[i].s) {
			char *query = xstrcopy(slice_cut(&rest[i], '|'));

			if (matches(lexicon, query, kind) != (i == 0))
				fail_msg("%s: %s", i ? "matches" : "does not match", query);
			free(query);
		}
	}
	lexicon_free(lexicon);
}

static void
test_query_lists(void **state)
{
	(void)state;
	assert_queries("戰略\tstrategy\t\t战略\tzhànlüè\n", LOOKUP_PINYIN,
		       "zhanlüe|zhanlve|zhan4lve4|zhànlüè|zhanlue|zhan lue|zhan'lüe|ZHAN|zhan4",
		       "zhan3|lüe|zhanl|zha|'| |zhanlüea|zhan2lve4");
	assert_queries("人工智能\tAI\t\t\tréngōng zhìnéng\n", LOOKUP_PINYIN,
		       "rengong|rengongzhineng|zhineng|ren|zhi|ren2gong1", "reng|gong|neng|zhin|re");
	assert_queries("西安\tXi'an\t\t\tXī'ān\n", LOOKUP_PINYIN, "xi'an|xian|xi’an|xi", "xia");
	assert_queries("戰略\tgrand strategy; plan\t\t战略\t\n", LOOKUP_ENGLISH,
		       "strat|Strategy|strategy grand|grand|PLAN|grand  str", "rategy|grand plan|x| ");
	assert_queries("學校\técole normale\t\t\t\n", LOOKUP_ENGLISH, "école|norm", "cole");
	assert_queries("戰略\tx\t\t战略\t\t\t策略;方略\n", LOOKUP_CHINESE, "战|戰略|略|方略|策",
		       "展|戰略方|x");
	assert_queries("戰略\tstrategy\t\t\tzhànlüè\n", LOOKUP_CHINESE | LOOKUP_ENGLISH, "战|strategy",
		       "zhan");
}

/* What the check says of a file; each text must have `finding` among its messages at `line`. */
static void
assert_finding(const char *tsv, bool strict, unsigned line, const char *finding)
{
	struct diag diag = { 0 };
	char path[128];
	const char *name = file_in("a.tsv", path);
	bool found = false;
	size_t n;

	put_file("a.tsv", tsv);
	n = glossary_check(&name, 1, strict, &diag);
	assert_int_equal(n, diag.n);
	for (size_t i = 0; i < diag.n; i++) {
		if (!finding)
			fail_msg("unexpected: %s", diag.message[i].text);
		assert_string_equal(diag.message[i].path, path);
		found |= diag.message[i].line == line && strstr(diag.message[i].text, finding);
	}
	if (finding && !found)
		fail_msg("not found: %s (%zu findings)", finding, n);
	assert_int_equal(glossary_check(&name, 1, strict, NULL), n);
	diag_fini(&diag);
}

static void
test_findings(void **state)
{
	static const struct {
		bool strict;
		unsigned line;
		const char *tsv, *finding; /* NULL: nothing is wrong */
	} row[] = {
		{ true, 0, "# x\n發展\tgrowth\tGetting larger.\t发展\tfāzhǎn\tx\t進展\t進展\n", NULL },
		{ true, 0, "AI泡沫\tAI bubble\tA price.\tAI泡沫\tAI pàomò\tx\t\t\n", NULL },
		{ false, 0, "发展\tgrowth\n发展\tdevelopment\r\n", NULL },
		{ true, 1, "發展\tgrowth\tGetting larger.\t发展\tfāzhǎn\tx\t\n", "columns" },
		{ false, 1, "發展\tgrowth\t\t\t\t\t\t\tx\n", "columns" },
		{ false, 1, "發展\n", "no tab" },
		{ false, 2, "# x\n\tgrowth\n", "the term is empty" },
		{ false, 1, "發展\t;\n", "the English is empty" },
		{ true, 1, "發展\tgrowth\t\t发展\tfāzhǎn\tx\t\t\n", "a column is empty" },
		{ true, 1, "發展\tgrowth\tlarger\t发展\tfāzhǎn\tx\t\t\n", "full stop" },
		{ true, 1, "发展\tgrowth\tx.\t发展\tfāzhǎn\tx\t\t\n", "column 1 is simplified" },
		{ false, 2, "發展\tgrowth\tx\t发展\n发展\tgrowth\n", "a headword already" },
		{ false, 1, "發展\tgrowth\t\t\t\t\t進展\n進展\tprogress\n", "shares" },
		{ false, 1, "發展\tgrowth\t\t发达\n", "other characters" },
		{ false, 1, "發展\tgrowth\t\t发展了\n", "number of characters" },
		{ false, 1, "發展\tgrowth\t\t發展\n", "is traditional" },
		{ false, 1, "發展\tgrowth\t\t\tfā\n", "do not fit" },
		{ false, 1, "AI泡沫\tgrowth\t\t\tAI pàomòqì\n", "do not fit" },
		{ false, 1, "發展\tgrowth\t\t\tfā zhrǎn\n", "no such syllable" },
		{ false, 1, "歐洲\tEurope\t\t\tOūzhōu\n", "wrong vowel" },
		{ false, 1, "發展\tgrowth\t\t\t\t\t\t國家\n", "leads nowhere" },
		{ false, 1, "發展\tgrowth  rate\n", "two spaces" },
		{ false, 1, "發展\tgrowth \tx\n", "edge" },
		{ false, 1, "發展\tgrowth\t\t\tfa\xCC\x84zhǎn\n", "NFC" },
		{ false, 1, "發展\tgro\x01wth\n", "control" },
		{ false, 1, "發展\tgrowth\tGrowth.\n", "repeats" },
		{ false, 1, "發\xFF展\tgrowth\n", "another coding" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++)
		assert_finding(row[i].tsv, row[i].strict, row[i].line, row[i].finding);
}

/* Between files: the later one is told. */
static void
test_findings_between_files(void **state)
{
	char path[2][128];
	const char *name[] = { file_in("a.tsv", path[0]), file_in("b.tsv", path[1]) };
	const char *missing = "/nowhere/at/all.tsv";
	struct diag diag = { 0 };

	(void)state;
	put_file("a.tsv", "發展\tgrowth\t\t\t\t\t進展\n");
	put_file("b.tsv", "进展\tprogress\n发展\tdevelopment\n");
	diag_add(&diag, DIAG_ERROR, "", 0, "from before: not counted");
	assert_int_equal(glossary_check(name, 2, false, &diag), 2);
	for (size_t i = 1; i < diag.n; i++)
		assert_string_equal(diag.message[i].path, path[1]);
	assert_int_equal(glossary_check(&missing, 1, false, &diag), 1);
	diag_fini(&diag);
}

static int
remove_files(void **state)
{
	static const char *const name[] = { "a.tsv", "b.tsv", "c.tsv" };
	char path[128];

	(void)state;
	for (size_t i = 0; i < 3; i++)
		unlink(file_in(name[i], path));
	return rmdir(folder);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_match),
		cmocka_unit_test(test_class),
		cmocka_unit_test(test_load),
		cmocka_unit_test(test_pinyin),
		cmocka_unit_test(test_queries),
		cmocka_unit_test(test_check),
		cmocka_unit_test(test_fields),
		cmocka_unit_test(test_coding),
		cmocka_unit_test(test_priority),
		cmocka_unit_test(test_merge),
		cmocka_unit_test(test_malformed),
		cmocka_unit_test(test_missing),
		cmocka_unit_test(test_longest),
		cmocka_unit_test(test_latin),
		cmocka_unit_test(test_parts),
		cmocka_unit_test(test_class_kinds),
		cmocka_unit_test(test_beyond_bmp),
		cmocka_unit_test(test_random),
		cmocka_unit_test(test_pinyin_count),
		cmocka_unit_test(test_pinyin_key),
		cmocka_unit_test(test_query_lists),
		cmocka_unit_test(test_findings),
		cmocka_unit_test(test_findings_between_files),
	};

	setlocale(LC_ALL, "C.UTF-8");
	if (!mkdtemp(folder))
		return 1;
	return cmocka_run_group_tests_name("glossary", tests, NULL, remove_files);
}
