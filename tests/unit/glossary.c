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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_match),  cmocka_unit_test(test_class),   cmocka_unit_test(test_load),
		cmocka_unit_test(test_pinyin), cmocka_unit_test(test_queries), cmocka_unit_test(test_check),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
