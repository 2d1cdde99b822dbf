/* text/: UTF-8, folding, widths, clusters, line breaks, decoding. */
#define _XOPEN_SOURCE 700
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <locale.h>
#include <wchar.h>
#include <cmocka.h>

#include "text/boundary.h"
#include "text/decode.h"
#include "text/fold.h"
#include "text/script.h"
#include "text/utf8.h"
#include "text/width.h"

static void
test_utf8(void **state)
{
	/* Unicode 15, table 3-8 and its neighbours: bytes, number of U+FFFD */
	static const struct { const char *bytes; size_t bad, length; } table[] = {
		{ "abc", 0, 3 }, { "歐洲", 0, 2 }, { "\xC0\xAF", 2, 2 }, { "\xE0\x80\xBF", 3, 3 },
		{ "\xF0\x91\x92", 1, 1 }, { "\xE1\x80\xE2\xF0\x91\x92\xF1\xBF" "A", 4, 5 },
		{ "\xED\xA0\x80", 3, 3 }, { "\xF4\x91\x92\x93", 4, 4 }, { "\xEF\xBF\xBD", 0, 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		assert_int_equal(utf8_count_bad(slice_of(table[i].bytes)), table[i].bad);
		assert_int_equal(utf8_length(slice_of(table[i].bytes)), table[i].length);
	}
	for (uint32_t cp = 1; cp < 0x110000; cp += cp < 0x3000 ? 1 : 37) {
		char bytes[4];
		struct slice one = { bytes, utf8_encode(cp, bytes) };
		uint32_t back;

		if (cp >= 0xD800 && cp < 0xE000)
			continue;
		assert_int_equal(utf8_decode(one, 0, &back), one.n);
		assert_int_equal(back, cp);
		assert_int_equal(utf8_prev(one, one.n), 0);
	}
}

static void
test_fold(void **state)
{
	static const char *const pairs[][2] = {
		{ "歐洲", "欧洲" }, { "ＡＩ", "ai" }, { "範式", "范式" }, { "後", "后" }, { "裡", "里" },
		{ "裏", "里" }, { "著", "着" }, { "臺", "台" }, { "為", "为" }, { "爲", "为" }, { "說", "说" },
		{ "眾", "众" }, { "乾", "干" }, { "製造", "制造" }, { "於", "于" }, { "線", "线" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		struct buf a = { 0 }, b = { 0 };

		text_fold_add(&a, slice_of(pairs[i][0]));
		text_fold_add(&b, slice_of(pairs[i][1]));
		assert_string_equal(buf_text(&a), buf_text(&b));
		buf_fini(&a);
		buf_fini(&b);
	}
	for (uint32_t cp = 0; cp < 0x30000; cp++) /* folding twice is folding once */
		assert_int_equal(text_fold(text_fold(cp)), text_fold(cp));
}

static void
test_width(void **state)
{
	static const struct { const char *text; size_t cols; } table[] = {
		{ "“”‘’…—·", 7 }, { "，。《》、「」", 14 }, { "歐AI", 4 }, { "e\xCC\x81", 1 }, { "\x1B[2J", 4 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		assert_int_equal(text_width(slice_of(table[i].text)), table[i].cols);
	for (uint32_t cp = 0x20; cp < 0x30000; cp++) {
		uint32_t drawn = text_visible(cp);

		assert_true(drawn >= 0x20 && drawn != 0x7F && !(drawn >= 0x80 && drawn < 0xA0));
		assert_true(wcwidth((wchar_t)drawn) >= 0);
		assert_int_equal(text_width_of(cp), wcwidth((wchar_t)drawn));
	}
}

/* A line of GraphemeBreakTest: "÷ 0020 × 0308 ÷ # comment". */
static void
check_clusters(const char *line)
{
	char text[256];
	size_t n = 0, edge[64], edges = 0, off = 0;

	for (const char *s = line; *s && *s != '#' && *s != '\n';) {
		if (strncmp(s, "÷", 2) == 0)
			edge[edges++] = n, s += 2;
		else if (strncmp(s, "×", 2) == 0)
			s += 2;
		else if (*s == ' ' || *s == '\t')
			s++;
		else
			n += utf8_encode((uint32_t)strtoul(s, (char **)&s, 16), text + n);
	}
	for (size_t i = 1; i < edges; i++) {
		off = boundary_next_cluster((struct slice){ text, n }, off);
		if (off != edge[i])
			fail_msg("%s", line);
	}
}

static void
test_clusters(void **state)
{
	static const char *const places[] = { "/usr/share/unicode/auxiliary/GraphemeBreakTest.txt",
					      "/usr/share/unicode/ucd/auxiliary/GraphemeBreakTest.txt" };
	FILE *file = NULL;
	char line[1024];
	size_t n = 0;

	(void)state;
	for (size_t i = 0; !file && i < 2; i++)
		file = fopen(places[i], "r");
	assert_non_null(file);
	while (fgets(line, sizeof line, file)) {
		if (strncmp(line, "÷", 2) == 0) {
			check_clusters(line);
			n++;
		}
	}
	fclose(file);
	assert_true(n > 500);
}

static bool
check_breaks(struct breaker *breaker, struct slice marked, const char *why)
{
	struct buf text = { 0 }, got = { 0 };
	unsigned char *kind;
	bool same;

	for (size_t i = 0; i < marked.n; i++)
		if (marked.s[i] != '|')
			buf_add_byte(&text, marked.s[i]);
	kind = malloc(text.n + 1);
	breaker_find(breaker, buf_slice(&text), kind);
	for (size_t i = 0; i < text.n; i++) {
		if (i > 0 && kind[i] == BREAK_ALLOWED)
			buf_add_byte(&got, '|');
		buf_add_byte(&got, text.s[i]);
	}
	same = slice_equal(marked, buf_slice(&got));
	if (!same)
		printf("expected %.*s\n     got %s\n         %s\n", (int)marked.n, marked.s, buf_text(&got), why);
	free(kind);
	buf_fini(&text);
	buf_fini(&got);
	return same;
}

static void
test_breaks(void **state)
{
	FILE *file = fopen("tests/data/breaks.tsv", "r");
	struct breaker *breaker = breaker_open();
	char line[1024];
	size_t n = 0, bad = 0;

	(void)state;
	assert_non_null(file);
	while (fgets(line, sizeof line, file)) {
		struct slice rest = slice_of(line), marked;

		if (line[0] == '#' || line[0] == '\n')
			continue;
		marked = slice_cut(&rest, '\t');
		n++;
		bad += !check_breaks(breaker, marked, rest.s ? rest.s : "");
	}
	fclose(file);
	breaker_close(breaker);
	assert_true(n >= 150);
	assert_int_equal(bad, 0);
}

static void
test_decode(void **state)
{
	static const char text[] = "歐洲的人工智能與監管";
	struct buf out = { 0 };

	(void)state;
	/* 中文 in Big5, GB18030, UTF-16 */
	assert_int_equal(encoding_decode(SLICE("\xA4\xA4\xA4\xE5"), "Big5", false, &out, NULL), 0);
	assert_int_equal(encoding_decode(SLICE("\xD6\xD0\xCE\xC4"), "GB18030", false, &out, NULL), 0);
	assert_int_equal(encoding_decode(SLICE("\x2D\x4E\x87\x65"), "UTF-16LE", false, &out, NULL), 0);
	assert_string_equal(buf_text(&out), "中文中文中文");
	buf_clear(&out);
	assert_int_equal(encoding_decode(SLICE("\xA3\xE1" "A"), "Big5", false, &out, NULL), 0);
	assert_string_equal(buf_text(&out), "€A");
	buf_clear(&out);
	assert_int_equal(encoding_decode(SLICE("a\xFF" "b"), "UTF-8", false, &out, NULL), 1);
	assert_string_equal(buf_text(&out), "a\xEF\xBF\xBD" "b");
	buf_fini(&out);
	assert_string_equal(encoding_detect(slice_of(text)).name, "UTF-8");
	assert_string_equal(encoding_find("gb2312"), "GB18030");
	assert_null(encoding_find("no-such-thing"));
	assert_true(encoding_is_binary(SLICE("\0\1\2\3\4\5\6\7"), (struct encoding){ "UTF-8", 0, 0 }));
	assert_int_equal(script_of(SLICE("歐洲")), SCRIPT_HANT);
	assert_int_equal(script_of(SLICE("欧洲")), SCRIPT_HANS);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_utf8),	 cmocka_unit_test(test_fold),
		cmocka_unit_test(test_width),	 cmocka_unit_test(test_clusters),
		cmocka_unit_test(test_breaks),	 cmocka_unit_test(test_decode),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
