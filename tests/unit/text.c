/* text/: UTF-8, folding, widths, clusters, line breaks, decoding. */
#define _XOPEN_SOURCE 700 /* wcwidth */
#include <iconv.h>
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
#include "text/collate.h"
#include "text/decode.h"
#include "text/fold.h"
#include "text/script.h"
#include "text/utf8.h"
#include "text/width.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

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

static void
test_utf8_well_formed(void **state)
{
	(void)state;
	for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
		char bytes[4];
		uint32_t read;
		size_t n;

		if (cp >= 0xD800 && cp < 0xE000)
			continue;
		n = utf8_encode(cp, bytes);
		assert_int_equal(utf8_decode((struct slice){ bytes, n }, 0, &read), n);
		assert_int_equal(read, cp);
		assert_false(utf8_is_bad(read, n));
		assert_int_equal(utf8_prev((struct slice){ bytes, n }, n), 0);
		assert_int_equal(utf8_valid_prefix((struct slice){ bytes, n }), n);
	}
}

/* Unicode 15, tables 3-8 to 3-11 and their kin: each byte sequence and the parts it has. */
static void
test_utf8_ill_formed(void **state)
{
	static const struct {
		const char *bytes;
		size_t n, parts, bad;
	} rows[] = {
		{ "\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41", 9, 9, 8 },
		{ "\xED\xA0\x80\xED\xBF\xBF\xED\xAF\x41", 9, 9, 8 },
		{ "\xF4\x91\x92\x93\xFF\x41\x80\xBF\x42", 9, 9, 7 },
		{ "\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41", 9, 5, 4 },
		{ "\xF0\x9F\x98", 3, 1, 1 },
		{ "\xEF\xBF\xBD", 3, 1, 0 },
		{ "\xEF\xBF", 2, 1, 1 },
		{ "\xE4", 1, 1, 1 },
		{ "\x80", 1, 1, 1 },
		{ "abcdefgh\xFFijklmnop", 17, 17, 1 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct slice text = { rows[i].bytes, rows[i].n };
		size_t parts = 0;
		uint32_t cp;

		for (size_t off = 0; off < text.n; parts++) {
			size_t next = off + utf8_decode(text, off, &cp);

			assert_int_equal(utf8_prev(text, next), off);
			off = next;
		}
		assert_int_equal(parts, rows[i].parts);
		assert_int_equal(utf8_length(text), rows[i].parts);
		assert_int_equal(utf8_count_bad(text), rows[i].bad);
		assert_int_equal(utf8_valid_prefix(text) == text.n, rows[i].bad == 0);
	}
}

static void
test_utf8_surrogate(void **state)
{
	char bytes[4];

	(void)state;
	assert_int_equal(utf8_encode(0xD800, bytes), 3);
	assert_memory_equal(bytes, "\xEF\xBF\xBD", 3);
	assert_int_equal(utf8_encode(0x110000, bytes), 3);
}

static void
test_fold_pairs(void **state)
{
	static const char *const pairs[][2] = {
		{ "歐洲", "欧洲" },	 { "ＡＩ", "ai" },     { "GDPR", "gdpr" },
		{ "人工智慧", "人工智慧" }, { "裡裏里", "里里里" }, { "著着", "着着" },
		{ "衆眾", "众众" },	 { "臺台", "台台" },   { "爲為", "为为" },
		{ "峯峰", "峰峰" },	 { "啓啟", "启启" },   { "喫", "吃" },
		{ "羣群", "群群" },	 { "説說", "说说" },   { "乾幹", "干干" },
		{ "，　３", ", 3" },	 { "｡ｱ", "。ア" },     { "\xEF\xA4\x80", "岂" },
		{ "ÀΣЖ", "àσж" },	 { "", "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(pairs); i++) {
		struct buf out = { 0 };

		text_fold_add(&out, slice_of(pairs[i][0]));
		assert_string_equal(buf_text(&out), pairs[i][1]);
		buf_fini(&out);
	}
}

static void
test_fold_properties(void **state)
{
	struct buf text = { 0 }, out = { 0 };

	(void)state;
	for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
		char bytes[4];

		assert_int_equal(text_fold(text_fold(cp)), text_fold(cp));
		if (cp < 0xD800 || cp >= 0xE000)
			buf_add(&text, (struct slice){ bytes, utf8_encode(cp, bytes) });
	}
	text_fold_add(&out, buf_slice(&text));
	assert_int_equal(utf8_length(buf_slice(&out)), utf8_length(buf_slice(&text)));
	buf_fini(&text);
	buf_fini(&out);
}

static void
test_unfold(void **state)
{
	uint32_t out[16], one;
	size_t n = text_unfold(0x53D1, out, COUNT(out)); /* 发: 發 髮 */
	bool has_send = false, has_hair = false;

	(void)state;
	assert_in_range(n, 3, COUNT(out));
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(text_fold(out[i]), 0x53D1);
		has_send |= out[i] == 0x767C;
		has_hair |= out[i] == 0x9AEE;
	}
	assert_true(has_send && has_hair);
	assert_int_equal(text_unfold(0x53D1, &one, 1), n);
	assert_int_equal(text_unfold(0x767C, out, COUNT(out)), 0); /* 發 folds away */
	assert_int_equal(text_unfold('a', out, COUNT(out)), 4);	   /* a A ａ Ａ */
}

static void
test_script(void **state)
{
	static const struct {
		const char *text;
		enum script script;
	} rows[] = {
		{ "", SCRIPT_NONE },
		{ "Europe 2021", SCRIPT_NONE },
		{ "人工智能", SCRIPT_NONE },
		{ "欧洲人工智能法", SCRIPT_HANS },
		{ "歐洲人工智慧法", SCRIPT_HANT },
		{ "歐洲欧洲", SCRIPT_MIXED },
		{ "皇后著乾里", SCRIPT_NONE },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_int_equal(script_of(slice_of(rows[i].text)), rows[i].script);
	assert_string_equal(script_name(SCRIPT_HANT), "Hant");
	assert_true(script_is_han(0x3005) && script_is_han(0x3007) && script_is_han(0x20000));
	assert_false(script_is_han(0x3001) || script_is_han('a') || script_is_han(0x3042));
	assert_true(script_is_alnum('a') && script_is_alnum('7') && script_is_alnum(0x4E00));
	assert_false(script_is_alnum(0x3002) || script_is_alnum(' '));
}

static void
test_width_is_wcwidth(void **state)
{
	static const struct {
		uint32_t cp;
		unsigned width;
	} pinned[] = {
		{ 0x3001, 2 }, { 0x3002, 2 }, { 0xFF0C, 2 }, { 0x300A, 2 }, { 0x201C, 1 },
		{ 0x2014, 1 }, { 0x2026, 1 }, { 0xB7, 1 },   { 0x4E00, 2 }, { 0x20000, 2 },
		{ 0x301, 0 },  { 0x200D, 0 }, { 'a', 1 },    { '\t', 1 },   { 0xAD, 1 },
		{ 0x1F44D, 2 }, { 0, 1 },     { 0x1B, 1 },   { 0x85, 1 },   { 0x202E, 1 },
		{ 0xFFFD, 1 }, { 0xD800, 1 }, { 0x378, 1 },  { 0x110000, 1 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(pinned); i++)
		assert_int_equal(text_width_of(pinned[i].cp), pinned[i].width);
	for (uint32_t cp = 1; cp <= 0x10FFFF; cp++) {
		int width = wcwidth((wchar_t)cp);

		assert_int_equal(text_width_of(cp), wcwidth((wchar_t)text_visible(cp)));
		if (width >= 0 && text_visible(cp) == cp)
			assert_int_equal(text_width_of(cp), width);
		if (width < 0)
			assert_int_not_equal(text_visible(cp), cp);
	}
}

static void
test_visible(void **state)
{
	static const uint32_t rows[][2] = {
		{ 0, 0x2400 },	    { 0x1B, 0x241B },	{ 0x7F, 0x2421 },   { 0x9B, 0xFFFD },
		{ '\t', ' ' },	    { 0x202E, 0x2426 }, { 0x2066, 0x2426 }, { 0x200D, 0x200D },
		{ 0xFE0F, 0xFE0F }, { 0x2028, 0x2424 }, { 0xAD, '-' },	    { 0x4E00, 0x4E00 },
		{ 0x378, 0xFFFD },  { 0xFEFF, 0x2426 }, { 0xE0041, 0x2426 }, { 0x200C, 0x200C },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_int_equal(text_visible(rows[i][0]), rows[i][1]);
}

static void
test_fit(void **state)
{
	struct slice text = SLICE("中e\xCC\x81x中");
	size_t used;

	(void)state;
	assert_int_equal(text_width(text), 6);
	assert_int_equal(text_fit(text, 1, &used), 0);
	assert_int_equal(used, 0);
	assert_int_equal(text_fit(text, 3, &used), 6);
	assert_int_equal(used, 3);
	assert_int_equal(text_fit(text, 5, &used), 7);
	assert_int_equal(used, 4);
	assert_int_equal(text_fit(text, 99, NULL), text.n);
	assert_int_equal(text_fit((struct slice){ "", 0 }, 9, &used), 0);
}

static void
test_clusters_ill_formed(void **state)
{
	struct slice text = SLICE("中\xFF\xCC\x81\xE4\xB8");

	(void)state;
	for (size_t off = 0; off < text.n;) {
		size_t next = boundary_next_cluster(text, off);

		assert_in_range(next, off + 1, text.n);
		off = next;
	}
}

/* CLREQ 3.1.6 as properties: whatever stands around them. */
static void
test_kinsoku(void **state)
{
	static const char *const never_first[] = {
		"。", "，", "、", "；", "：", "？", "！", "）", "》", "」", "』", "”", "’", "…", "—",
		"·", "%", "％", "‰", "℃", "〉", "】", "〕", "］", "｝", "々", "\u00A0", "\u2060",
	};
	static const char *const never_last[] = { "（", "《", "「", "『", "“", "‘", "〈", "【", "〔",
						  "［", "｛", "(", "[", "\u00A0", "\u2060" };
	static const char *const around[] = { "中", "國", "3", "A", "。", "）", "（", "“", "”",
					      "—",  "…",  "·", "年", ".", ")",	"(",  "😂" };
	struct breaker *breaker = breaker_open();
	unsigned char kind[64];

	(void)state;
	for (size_t i = 0; i < COUNT(around) * COUNT(around); i++) {
		const char *before = around[i % COUNT(around)], *after = around[i / COUNT(around)];
		char text[64];

		for (size_t j = 0; j < COUNT(never_first); j++) {
			int n = snprintf(text, sizeof text, "中%s%s%s", before, never_first[j], after);

			breaker_find(breaker, (struct slice){ text, (size_t)n }, kind);
			/* a percent sign is a symbol like others unless digits or Han precede it */
			if (never_first[j][0] != '%' || *before == '3')
				assert_true(kind[3 + strlen(before)] < BREAK_ALLOWED);
		}
		for (size_t j = 0; j < COUNT(never_last); j++) {
			int n = snprintf(text, sizeof text, "中%s%s%s", before, never_last[j], after);

			breaker_find(breaker, (struct slice){ text, (size_t)n }, kind);
			assert_true(kind[(size_t)n - strlen(after)] < BREAK_ALLOWED);
		}
	}
	breaker_close(breaker);
}

static void
test_required_breaks(void **state)
{
	struct slice text = SLICE("中\r\n國\n人e\xCC\x81\xFF");
	struct breaker *breaker = breaker_open();
	unsigned char kind[32];

	(void)state;
	breaker_find(breaker, text, kind);
	assert_int_equal(kind[0], BREAK_ALLOWED);
	assert_int_equal(kind[1], BREAK_INSIDE);
	assert_int_equal(kind[4], BREAK_INSIDE); /* within CRLF */
	assert_int_equal(kind[5], BREAK_REQUIRED);
	assert_int_equal(kind[9], BREAK_REQUIRED);
	assert_int_equal(kind[13], BREAK_INSIDE);
	assert_int_equal(kind[text.n], BREAK_ALLOWED);
	breaker_find(breaker, (struct slice){ "", 0 }, kind);
	assert_int_equal(kind[0], BREAK_ALLOWED);
	breaker_close(breaker);
	breaker_close(NULL);
}

static const char prose_hans[] =
	"欧洲议会在前年通过了人工智能法。这是世界上第一部全面规范人工智能的法律，它的影响"
	"不只在欧洲。有人说：“这部法律会拖慢技术的发展。”也有人认为，没有规则的市场更危险。\n";
static const char prose_hant[] =
	"歐洲議會在前年通過了人工智慧法。這是世界上第一部全面規範人工智慧的法律，它的影響"
	"不只在歐洲。有人說：「這部法律會拖慢技術的發展。」也有人認為，沒有規則的市場更危險。\n";

/* The text in another encoding, by iconv. */
static void
encode(const char *text, const char *name, struct buf *out)
{
	char room[4096], *in = (char *)(uintptr_t)text, *to = room;
	size_t left = strlen(text), space = sizeof room;
	iconv_t handle = iconv_open(name, "UTF-8");

	assert_true(handle != (iconv_t)-1);
	assert_int_equal(iconv(handle, &in, &left, &to, &space), 0);
	iconv_close(handle);
	buf_add(out, (struct slice){ room, sizeof room - space });
}

static const struct {
	const char *text, *iconv, *mark, *name;
} encoded[] = {
	{ prose_hans, "GB18030", "", "GB18030" },
	{ prose_hant, "GB18030", "", "GB18030" },
	{ prose_hans, "GBK", "", "GB18030" },
	{ prose_hans, "GB2312", "", "GB18030" },
	{ prose_hant, "BIG5", "", "Big5" },
	{ prose_hant, "BIG5-HKSCS", "", "Big5" },
	{ prose_hant, "CP950", "", "Big5" },
	{ prose_hans, "UTF-8", "", "UTF-8" },
	{ prose_hans, "UTF-8", "\xEF\xBB\xBF", "UTF-8" },
	{ prose_hans, "UTF-16LE", "\xFF\xFE", "UTF-16LE" },
	{ prose_hant, "UTF-16BE", "\xFE\xFF", "UTF-16BE" },
	{ prose_hans, "UTF-16LE", "", "UTF-16LE" },
	{ prose_hant, "UTF-16BE", "", "UTF-16BE" },
};

static void
test_encoding_round_trip(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(encoded); i++) {
		struct buf bytes = { 0 }, out = { 0 };
		struct encoding encoding;
		struct slice rest;

		buf_add_text(&bytes, encoded[i].mark);
		encode(encoded[i].text, encoded[i].iconv, &bytes);
		encoding = encoding_detect(buf_slice(&bytes));
		assert_string_equal(encoding.name, encoded[i].name);
		assert_int_equal(encoding.bom, strlen(encoded[i].mark));
		assert_int_equal(encoding.guessed,
				 !*encoded[i].mark && strcmp(encoding.name, "UTF-8") != 0);
		assert_false(encoding_is_binary(buf_slice(&bytes), encoding));
		rest = slice_from(buf_slice(&bytes), encoding.bom);
		assert_int_equal(encoding_decode(rest, encoding.name, false, &out, NULL), 0);
		assert_string_equal(buf_text(&out), encoded[i].text);
		/* in parts of any size, each continued where the one before it ended */
		for (size_t size = 4; size < 40; size += 7) {
			buf_clear(&out);
			for (size_t off = 0, done; off < rest.n; off += done) {
				struct slice part = slice_sub(rest, (struct range){ off, off + size });
				bool more = off + size < rest.n;

				encoding_decode(part, encoding.name, more, &out, &done);
				assert_in_range(done, 1, part.n);
			}
			assert_string_equal(buf_text(&out), encoded[i].text);
		}
		buf_fini(&bytes);
		buf_fini(&out);
	}
}

static void
test_encoding_damage(void **state)
{
	static const struct {
		struct slice bytes;
		const char *name, *text;
		size_t bad;
	} rows[] = {
		{ SLICE("\xD6\xD0\xFF\xCE\xC4"), "GB18030", NULL, NOWHERE },
		{ SLICE("\xD6\xD0\x81\n\xCE\xC4"), "GB18030", "中\uFFFD\n文", 1 },
		{ SLICE("\xD6\xD0\x81"), "GB18030", "中\uFFFD", 1 },
		{ SLICE("\xA4\xA4\x81\n"), "Big5", "中\uFFFD\n", 1 },
		{ SLICE("\x2D\x4E\x00\xD8\x2D\x4E"), "UTF-16LE", "中\uFFFD中", 1 },
		{ SLICE("\x2D\x4E\x2D"), "UTF-16LE", "中\uFFFD", 1 },
		{ SLICE("a\xE4\xB8" "b\xFF"), "UTF-8", "a\uFFFDb\uFFFD", 2 },
		{ SLICE("caf\xE9"), "ISO-8859-1", "café", 0 },
		{ SLICE(""), "GB18030", "", 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buf out = { 0 };
		size_t done, bad = encoding_decode(rows[i].bytes, rows[i].name, false, &out, &done);

		if (rows[i].text) {
			assert_string_equal(buf_text(&out), rows[i].text);
			assert_int_equal(bad, rows[i].bad);
		}
		assert_int_equal(done, rows[i].bytes.n);
		assert_int_equal(utf8_count_bad(buf_slice(&out)), 0);
		buf_fini(&out);
	}
}

/* An encoding that glibc's iconv lacks goes by ICU, in the same way. */
static void
test_encoding_by_icu(void **state)
{
	struct buf out = { 0 };
	size_t done;

	(void)state;
	assert_int_equal(encoding_decode(SLICE("a~{VPND~}b"), "HZ", false, &out, &done), 0);
	assert_int_equal(done, 10);
	assert_string_equal(buf_text(&out), "a中文b");
	buf_clear(&out);
	for (int i = 0; i < 3000; i++)
		buf_add_byte(&out, 'x');
	{
		struct buf back = { 0 };

		encoding_decode(buf_slice(&out), "HZ", false, &back, NULL);
		assert_true(slice_equal(buf_slice(&out), buf_slice(&back)));
		buf_fini(&back);
	}
	buf_fini(&out);
}

static void
test_encoding_names(void **state)
{
	static const char *const rows[][2] = {
		{ "GBK", "GB18030" },	{ "CP936", "GB18030" }, { "gb_2312-80", "GB18030" },
		{ "Big-5", "Big5" },	{ "utf8", "UTF-8" },	{ "UTF-16", "UTF-16LE" },
		{ "latin1", "ISO-8859-1" }, { "Windows-1252", "windows-1252" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_string_equal(encoding_find(rows[i][0]), rows[i][1]);
	assert_null(encoding_find(""));
	assert_null(encoding_find("a-name-much-too-long-for-any-encoding"));
}

static void
test_encoding_detect(void **state)
{
	struct slice text = slice_of(prose_hans), elf = SLICE("\x7F" "ELF\2\1\1\0\0\0\0\0\3\0>");
	char damaged[sizeof prose_hans];

	(void)state;
	for (size_t n = 0; n < text.n; n++) { /* cut off anywhere */
		assert_string_equal(encoding_detect((struct slice){ text.s, n }).name, "UTF-8");
		assert_false(encoding_detect((struct slice){ text.s, n }).guessed);
	}
	memcpy(damaged, prose_hans, sizeof damaged);
	damaged[40] = '\xFF';
	assert_string_equal(encoding_detect(slice_of(damaged)).name, "UTF-8");
	assert_true(encoding_detect(slice_of(damaged)).guessed);
	assert_string_equal(encoding_detect(elf).name, "UTF-8");
	assert_true(encoding_is_binary(elf, encoding_detect(elf)));
	assert_true(encoding_is_binary(SLICE("a\1\2\3"), encoding_detect(SLICE("a\1\2\3"))));
	assert_false(encoding_is_binary(SLICE("\t\n\r\f\x1B"), encoding_detect(SLICE("a"))));
}

static void
test_collation(void **state)
{
	static const char *const strokes[] = { "一", "人", "中", "法", "歐" }; /* 1 2 4 8 15 */
	struct collator *collator = collator_open(COLLATE_STROKE);
	struct buf last = { 0 }, key = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(strokes); i++) {
		buf_clear(&key);
		collator_key(collator, slice_of(strokes[i]), &key);
		assert_true(slice_compare(buf_slice(&last), buf_slice(&key)) < 0);
		buf_clear(&last);
		buf_add(&last, buf_slice(&key));
	}
	collator_close(collator);
	collator = collator_open(COLLATE_ENGLISH);
	buf_clear(&key);
	buf_clear(&last);
	collator_key(collator, SLICE("apple"), &last);
	collator_key(collator, SLICE("Banana"), &key);
	assert_true(slice_compare(buf_slice(&last), buf_slice(&key)) < 0);
	collator_close(collator);
	collator_close(NULL);
	buf_fini(&last);
	buf_fini(&key);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_utf8),	 cmocka_unit_test(test_fold),
		cmocka_unit_test(test_width),	 cmocka_unit_test(test_clusters),
		cmocka_unit_test(test_breaks),	 cmocka_unit_test(test_decode),
		cmocka_unit_test(test_utf8_well_formed),
		cmocka_unit_test(test_utf8_ill_formed),
		cmocka_unit_test(test_utf8_surrogate),
		cmocka_unit_test(test_fold_pairs),
		cmocka_unit_test(test_fold_properties),
		cmocka_unit_test(test_unfold),
		cmocka_unit_test(test_script),
		cmocka_unit_test(test_width_is_wcwidth),
		cmocka_unit_test(test_visible),
		cmocka_unit_test(test_fit),
		cmocka_unit_test(test_clusters_ill_formed),
		cmocka_unit_test(test_kinsoku),
		cmocka_unit_test(test_required_breaks),
		cmocka_unit_test(test_encoding_round_trip),
		cmocka_unit_test(test_encoding_damage),
		cmocka_unit_test(test_encoding_by_icu),
		cmocka_unit_test(test_encoding_names),
		cmocka_unit_test(test_encoding_detect),
		cmocka_unit_test(test_collation),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
