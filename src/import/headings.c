/*
 * Headings of unmarked text. Each line is looked at once for what it is by itself (struct trait),
 * then between its neighbours. The rules come from how such texts are made:
 *
 * - numbering styles of official documents, books, laws and theses, which nest in a fixed order;
 * - a short line without final punctuation between paragraphs is a heading;
 * - 主題： on one line and 副題 on the next are one heading;
 * - words such as 引言 and 參考文獻 alone on a line;
 * - what stands under a picture, or names a source, is a caption.
 */
#include <ctype.h>
#include <regex.h>
#include <stdlib.h>

#include "import/internal.h"
#include "text/fold.h"
#include "text/script.h"
#include "text/utf8.h"

#define SHORT 30 /* characters of the longest heading without a number */
#define NUMBERED 40 /* ... with one */
#define BODY 40	 /* a line from this length on is body whatever it ends in */
#define FEW 12	 /* a line from this length on that ends a sentence is body */

enum style { PLAIN, PART, CHAPTER, SECTION, CLAUSE, HAN, HAN_BRACKET, ARABIC, DECIMAL2, DECIMAL3,
	     BRACKET, STYLES };

/* What a line is by itself. */
struct trait {
	struct range at;	/* without blanks at its ends */
	uint32_t line;
	uint8_t style;		/* enum style of its number */
	uint8_t n;		/* characters, at most 255 */
	uint8_t kind;		/* verdict: enum block_kind */
	uint8_t level;
	bool ends_sentence;	/* 。！？… */
	bool ends_open;		/* ：, ， or the like: something follows */
	bool ends_colon;
	bool is_word;		/* 引言 and its like */
	bool is_odd;		/* cannot be a heading: dates, bylines, labels, dialogue */
	bool is_figure, is_source, is_contents, is_leader, is_item;
	bool is_pair;		/* coordinates two things: X與Y */
	bool joins_next;	/* first line of two */
	uint16_t number;	/* its own number, as far as it was read */
	uint16_t number_bytes;
};

struct traits {
	struct trait *line;
	size_t n, cap;
};

static const char *const words[] = {
	"引言", "前言", "导言", "绪论", "绪言", "序言", "序", "导论", "导语", "导读", "结语", "结论",
	"结束语", "尾声", "附录", "参考文献", "注释", "后记", "摘要", "编者按", "编者的话", "本文作者",
	"作者简介", "关于作者", "致谢", "鸣谢", "楔子", "小结", "总结", "余论", "跋", "目录",
};

static bool
is_blank_cp(uint32_t cp)
{
	return cp == ' ' || cp == '\t' || cp == '\r' || cp == 0x3000 || cp == 0xA0 || cp == 0xFEFF;
}

static struct range
trim(struct slice text, struct range at)
{
	uint32_t cp;
	size_t n;

	while (at.start < at.end && (n = utf8_decode(text, at.start, &cp)) && is_blank_cp(cp))
		at.start += n;
	while (at.end > at.start) {
		size_t prev = utf8_prev(text, at.end);

		utf8_decode(text, prev, &cp);
		if (!is_blank_cp(cp))
			break;
		at.end = prev;
	}
	return at;
}

static bool
in_set(uint32_t cp, const char *set)
{
	struct slice s = slice_of(set);

	for (size_t off = 0; off < s.n;) {
		uint32_t other;

		off += utf8_decode(s, off, &other);
		if (other == cp)
			return true;
	}
	return false;
}

static bool
has(struct slice line, const char *what)
{
	return slice_find(line, slice_of(what), 0) != NOWHERE;
}

/* A numeral at off: its value in *value (position among 一二三…), its end; off if there is none. */
static size_t
read_han_number(struct slice line, size_t off, unsigned *value)
{
	static const char digits[] = "零一二三四五六七八九";
	unsigned all = 0, digit = 0;
	size_t start = off;

	while (off < line.n) {
		uint32_t cp;
		size_t n = utf8_decode(line, off, &cp), at;

		if (n != 3)
			break;
		at = slice_find(SLICE(digits), slice_sub(line, (struct range){ off, off + n }), 0);
		if (cp == 0x5341) /* 十 */
			all += (digit ? digit : 1) * 10, digit = 0;
		else if (cp == 0x767E) /* 百 */
			all += (digit ? digit : 1) * 100, digit = 0;
		else if (at != NOWHERE)
			digit = (unsigned)(at / 3);
		else
			break;
		off += n;
	}
	*value = all + digit;
	return off > start ? off : start;
}

static size_t
read_arabic(struct slice line, size_t off, unsigned *value)
{
	*value = 0;
	for (; off < line.n; ) {
		uint32_t cp;
		size_t n = utf8_decode(line, off, &cp);

		cp = text_fold(cp);
		if (cp < '0' || cp > '9' || *value > 6000)
			break;
		*value = *value * 10 + (cp - '0');
		off += n;
	}
	return off;
}

static size_t
skip_blanks(struct slice line, size_t off)
{
	uint32_t cp;

	while (off < line.n) {
		size_t n = utf8_decode(line, off, &cp);

		if (!is_blank_cp(cp))
			break;
		off += n;
	}
	return off;
}

/* 第一章, 第 一 條, 第3节 */
static enum style
ordinal_style(struct slice line, unsigned *value, size_t *end)
{
	static const struct {
		const char *unit;
		enum style style;
	} units[] = {
		{ "编", PART },	   { "編", PART },    { "篇", PART },	{ "卷", PART },
		{ "部分", PART },  { "章", CHAPTER }, { "回", CHAPTER }, { "讲", CHAPTER },
		{ "講", CHAPTER }, { "节", SECTION }, { "節", SECTION }, { "条", CLAUSE },
		{ "條", CLAUSE },
	};
	size_t off = skip_blanks(line, 3), number;

	number = read_han_number(line, off, value);
	if (number == off)
		number = read_arabic(line, off, value);
	if (number == off)
		return PLAIN;
	off = skip_blanks(line, number);
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		struct slice unit = slice_of(units[i].unit);
		uint32_t cp = ' ';

		if (!slice_begins(slice_from(line, off), unit))
			continue;
		*end = off + unit.n;
		if (*end < line.n)
			utf8_decode(line, *end, &cp);
		/* a space, a colon or the end: not 第三章本來 in a sentence */
		if (is_blank_cp(cp) || in_set(cp, "：:．.、（(") || units[i].style == CHAPTER ||
		    units[i].style == SECTION)
			return units[i].style;
	}
	return PLAIN;
}

static enum style
arabic_style(struct slice line, unsigned *value, size_t *end)
{
	size_t off = read_arabic(line, 0, value);
	unsigned depth = 1, part;
	uint32_t cp = 0;

	if (off == 0 || *value == 0 || *value > 200)
		return PLAIN;
	while (off + 1 < line.n && line.s[off] == '.' && isdigit((unsigned char)line.s[off + 1])) {
		off = read_arabic(line, off + 1, &part);
		*value = part;
		depth++;
	}
	if (off < line.n)
		utf8_decode(line, off, &cp);
	if (depth == 1 && !in_set(cp, ".．、 　"))
		return PLAIN;
	if (depth > 1 && !in_set(cp, ".．、 　") && !script_is_han(cp))
		return PLAIN;
	if (depth > 1 && in_set(cp, "%％万亿萬億年月日"))
		return PLAIN;
	*end = off;
	return depth == 1 ? ARABIC : depth == 2 ? DECIMAL2 : DECIMAL3;
}

static enum style
number_style(struct slice line, unsigned *value, size_t *end)
{
	size_t off;
	uint32_t cp = 0;

	*value = 0;
	if (slice_begins(line, SLICE("第")))
		return ordinal_style(line, value, end);
	off = read_han_number(line, 0, value);
	if (off > 0 && off < line.n) {
		*end = off + utf8_decode(line, off, &cp);
		return in_set(cp, "、．.") ? HAN : PLAIN;
	}
	if (slice_begins(line, SLICE("（")) || slice_begins(line, SLICE("("))) {
		size_t open = line.s[0] == '(' ? 1 : 3;

		off = read_han_number(line, open, value);
		if (off > open && off < line.n) {
			*end = off + utf8_decode(line, off, &cp);
			return in_set(cp, "）)") ? HAN_BRACKET : PLAIN;
		}
		off = read_arabic(line, open, value);
		if (off == open || off >= line.n)
			return PLAIN;
		*end = off + utf8_decode(line, off, &cp);
		return in_set(cp, "）)") ? BRACKET : PLAIN;
	}
	return arabic_style(line, value, end);
}

/* 引言 and its like: alone, with blanks inside, or with a colon or a date behind. */
static bool
is_heading_word(struct slice line)
{
	struct buf folded = { 0 };
	bool found = false;

	for (size_t off = 0; off < line.n;) {
		uint32_t cp;
		size_t n = utf8_decode(line, off, &cp);

		if (!is_blank_cp(cp))
			text_fold_add(&folded, slice_sub(line, (struct range){ off, off + n }));
		off += n;
	}
	for (size_t i = 0; i < sizeof words / sizeof *words && !found; i++) {
		struct slice rest;

		if (!slice_begins(buf_slice(&folded), slice_of(words[i])))
			continue;
		found = true;
		for (rest = slice_from(buf_slice(&folded), strlen(words[i])); rest.n && found;) {
			uint32_t cp;

			rest = slice_from(rest, utf8_decode(rest, 0, &cp));
			found = (cp >= '0' && cp <= '9') || in_set(cp, "·.:：-/年月日【】[]");
		}
	}
	buf_fini(&folded);
	return found;
}

/* What short lines are that cannot be headings: labels, bylines, dates, dialogue. */
static bool
is_odd_line(struct slice line)
{
	static const char *const marks[] = { "|", "｜", "©", "http", "作者：", "作者:", "记者",
					     "記者", "编辑", "編輯", "责编", "責編", "来源", "來源",
					     "文／", "文/", "@" };
	size_t han = 0;
	uint32_t cp, first = 0;

	for (size_t off = 0; off < line.n;) {
		off += utf8_decode(line, off, &cp);
		first = first ? first : cp;
		han += script_is_han(cp);
	}
	if (han < 2 || in_set(first, "「“\"『*—-•·－（(【[#>~") || (first >= '0' && first <= '9'))
		return true;
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (has(line, marks[i]))
			return true;
	/* a colon inside: 姓名：職務, 時間：… */
	for (size_t off = 0; off < line.n;) {
		off += utf8_decode(line, off, &cp);
		if (in_set(cp, "：:") && off < line.n)
			return true;
		if (in_set(cp, "，,。；;") && off < line.n)
			return true; /* a clause: a sentence more likely than a title */
	}
	return false;
}

/* A line of a printed table of contents: leaders, or blanks, and a page number at its end. */
static bool
is_leader_line(struct slice line)
{
	size_t end = line.n;

	while (end > 0 && isdigit((unsigned char)line.s[end - 1]))
		end--;
	if (end == line.n || line.n - end > 4 || end == 0)
		return false;
	return has(line, "……") || has(line, "....") || has(line, "····") ||
	       line.s[end - 1] == '\t' || (end > 2 && line.s[end - 1] == ' ' && line.s[end - 2] == ' ');
}

static bool
is_contents_word(struct slice line)
{
	struct buf folded = { 0 };
	struct slice s;
	bool is;

	for (size_t off = 0; off < line.n;) {
		uint32_t cp;
		size_t n = utf8_decode(line, off, &cp);

		if (!is_blank_cp(cp))
			text_fold_add(&folded, slice_sub(line, (struct range){ off, off + n }));
		off += n;
	}
	s = buf_slice(&folded);
	is = slice_is(s, "目录") || slice_is(s, "目次") || slice_is(s, "contents");
	buf_fini(&folded);
	return is;
}

/* Traits of a short line; long ones are body and are not looked into. */
static void
read_traits(struct trait *t, struct slice line)
{
	uint32_t last = 0, before = 0;
	unsigned number = 0;
	size_t end = 0;

	if (line.n == 0)
		return;
	utf8_decode(line, utf8_prev(line, line.n), &last);
	if (in_set(last, "”’」』）)\"") && line.n > 3)
		utf8_decode(line, utf8_prev(line, utf8_prev(line, line.n)), &before);
	t->ends_sentence = in_set(last, "。！？!?….") || in_set(before, "。！？!?…");
	t->ends_colon = in_set(last, "：:");
	t->ends_open = t->ends_colon || in_set(last, "，,、；;—－");
	t->n = line.n > 400 ? 255 : (uint8_t)(utf8_length(line) > 255 ? 255 : utf8_length(line));
	t->is_figure = slice_begins(line, SLICE("!["));
	if (t->n > 100 || t->n == 0)
		return;
	t->is_source = has(line, "图源") || has(line, "圖源") || has(line, "资料来源") ||
		       has(line, "資料來源") || has(line, "图为") || has(line, "圖為") ||
		       has(line, "供图") || has(line, "供圖") || has(line, "摄）") || has(line, "攝）") ||
		       has(line, "社照片");
	t->style = (uint8_t)number_style(line, &number, &end);
	t->number = (uint16_t)number;
	t->number_bytes = (uint16_t)end;
	t->is_item = t->style == PLAIN && (slice_begins(line, SLICE("- ")) || slice_begins(line, SLICE("* ")) ||
					   slice_begins(line, SLICE("• ")) || slice_begins(line, SLICE("· ")) ||
					   slice_begins(line, SLICE("•")));
	if (t->n > NUMBERED)
		return;
	t->is_leader = is_leader_line(line);
	t->is_contents = is_contents_word(line);
	t->is_word = is_heading_word(line);
	t->is_pair = has(line, "与") || has(line, "與") || has(line, "和");
	t->is_odd = t->style == PLAIN && !t->is_word && is_odd_line(t->ends_colon ?
			slice_sub(line, (struct range){ 0, utf8_prev(line, line.n) }) : line);
}

static void
read_lines(struct slice text, struct range stretch, struct traits *out)
{
	uint32_t line = 0;
	size_t off = stretch.start;

	while (off < stretch.end) {
		const char *end = memchr(text.s + off, '\n', stretch.end - off);
		size_t next = end ? (size_t)(end - text.s) : stretch.end;
		struct trait t = { .at = trim(text, (struct range){ off, next }), .line = ++line };

		off = next + 1;
		if (t.at.start >= t.at.end)
			continue;
		read_traits(&t, slice_sub(text, t.at));
		ARRAY_ADD(out->line, out->n, out->cap, t);
	}
}

static bool
is_body(const struct trait *t)
{
	return t->n >= BODY || (t->n >= FEW && t->ends_sentence);
}

/* From 目录 on: lines with leaders, or numbered lines that follow each other without body. */
static void
skip_contents(struct traits *lines)
{
	for (size_t i = 0; i < lines->n; i++) {
		size_t end = i + 1;

		if (!lines->line[i].is_contents)
			continue;
		while (end < lines->n && lines->line[end].is_leader)
			end++;
		if (end < i + 3)
			continue;
		for (size_t j = i; j < end; j++)
			lines->line[j].kind = BLOCK_NOTE;
		i = end - 1;
	}
}

/* Figures, their captions, quotations after a colon. */
static void
judge_kinds(struct traits *lines)
{
	for (size_t i = 0; i < lines->n; i++) {
		struct trait *t = &lines->line[i], *before = i ? t - 1 : NULL;

		if (t->kind != BLOCK_PARAGRAPH)
			continue;
		if (t->is_figure)
			t->kind = BLOCK_FIGURE;
		else if (t->is_source && t->n <= 100 && !t->ends_sentence)
			t->kind = BLOCK_CAPTION;
		else if (before && before->kind == BLOCK_FIGURE && t->n <= 80 && !t->ends_sentence && t->n > SHORT)
			t->kind = BLOCK_CAPTION;
		else if (t->is_item)
			t->kind = BLOCK_ITEM;
		else if (before && before->ends_colon && is_body(before) && t->ends_sentence &&
			 t->style == PLAIN && t->n < 200)
			t->kind = BLOCK_QUOTATION;
	}
}

/* A number is a heading's, not an item's or a sentence's. */
static bool
is_numbered_heading(const struct traits *lines, size_t i)
{
	const struct trait *t = &lines->line[i];
	const struct trait *before = i ? t - 1 : NULL, *next = i + 1 < lines->n ? t + 1 : NULL;

	if (t->style == PLAIN || t->kind != BLOCK_PARAGRAPH || t->is_leader)
		return false;
	if (t->style == CLAUSE)
		return true;
	if (t->n > NUMBERED || t->ends_sentence || t->ends_open)
		return false;
	if (t->style < CLAUSE)
		return true;
	if (!next)
		return false;
	/* a run of the same style without text between them is a list */
	if (next->style == t->style && !is_body(next))
		return false;
	if (before && before->style == t->style && !is_body(before) && before->kind != BLOCK_HEADING)
		return false;
	return is_body(next) || (next->style > t->style) || next->is_figure;
}

static bool
is_plain_heading(const struct traits *lines, size_t i)
{
	const struct trait *t = &lines->line[i];
	const struct trait *before = i ? t - 1 : NULL, *next = i + 1 < lines->n ? t + 1 : NULL;

	if (t->style != PLAIN || t->kind != BLOCK_PARAGRAPH || t->is_odd || t->is_figure ||
	    t->n < 2 || t->n > SHORT || t->ends_sentence || t->ends_open || !next)
		return false;
	if (before && !is_body(before) && before->kind == BLOCK_PARAGRAPH)
		return false;
	return is_body(next) && next->kind == BLOCK_PARAGRAPH && next->style == PLAIN;
}

/* 主題： and 副題 on two lines, then body. */
static bool
is_double_heading(const struct traits *lines, size_t i)
{
	const struct trait *t = &lines->line[i], *next = t + 1;

	if (i + 2 >= lines->n || !t->ends_colon || t->n > SHORT || t->is_odd || t->style != PLAIN ||
	    t->kind != BLOCK_PARAGRAPH)
		return false;
	if (i > 0 && !is_body(t - 1) && t[-1].kind == BLOCK_PARAGRAPH)
		return false;
	return next->n <= SHORT && next->n >= 2 && !next->ends_sentence && !next->ends_open &&
	       !next->is_odd && next->style == PLAIN && is_body(next + 1);
}

static const unsigned rank[STYLES] = {
	[PART] = 1, [CHAPTER] = 2, [SECTION] = 3, [CLAUSE] = 9, [HAN] = 4, [HAN_BRACKET] = 5,
	[ARABIC] = 6, [DECIMAL2] = 7, [DECIMAL3] = 8, [BRACKET] = 10,
};

/*
 * Levels of the numbering styles that the text uses, in their nesting order. Decimal numbers lie
 * one below what stands for the whole number: 1 or 第一章.
 */
static void
rank_levels(const struct traits *lines, unsigned *level)
{
	bool used[STYLES] = { false };
	unsigned n = 0;

	for (size_t i = 0; i < lines->n; i++)
		if (lines->line[i].kind == BLOCK_HEADING)
			used[lines->line[i].style] = true;
	used[PLAIN] = false;
	for (unsigned r = 1; r <= 10; r++)
		for (size_t s = 0; s < STYLES; s++)
			if (used[s] && rank[s] == r)
				level[s] = ++n;
}

static void
set_levels(struct traits *lines)
{
	unsigned level[STYLES] = { 0 }, left = 0;

	rank_levels(lines, level);
	for (size_t i = 0; i < lines->n; i++) {
		struct trait *t = &lines->line[i];

		if (t->kind != BLOCK_HEADING)
			continue;
		t->level = (uint8_t)(t->style == PLAIN ? 1 : level[t->style]);
		/*
		 * A title of two lines whose second names a pair announces two parts; the next
		 * one or two single lines that name pairs too are those parts.
		 */
		if (t->joins_next)
			left = t[1].is_pair ? 2 : 0, i++;
		else if (t->style == PLAIN && left > 0 && t->is_pair)
			t->level = 2, left--;
		else
			left = 0;
	}
}

/* The first line: the article's title, when a byline, a date or body follows. */
static void
judge_title(struct traits *lines)
{
	struct trait *t = lines->line;

	if (lines->n < 2 || t->line > 10 || t->style != PLAIN || t->is_word || t->n > 45 ||
	    t->ends_sentence || t->is_figure || t->is_item || t->is_contents)
		return;
	t->kind = BLOCK_HEADING;
	t->level = 0;
}

static void
judge_headings(struct traits *lines)
{
	for (size_t i = 0; i < lines->n; i++) {
		struct trait *t = &lines->line[i];

		if (t->kind != BLOCK_PARAGRAPH)
			continue;
		if ((t->is_word && t->n <= SHORT) || is_numbered_heading(lines, i) ||
		    is_plain_heading(lines, i)) {
			t->kind = BLOCK_HEADING;
			t->level = 1;
		} else if (is_double_heading(lines, i)) {
			t->kind = t[1].kind = BLOCK_HEADING;
			t->level = t[1].level = 1;
			t->joins_next = true;
			i++;
		}
	}
}

/* Many short lines among few paragraphs are verse, dialogue or a list: then none is a heading. */
static void
drop_crowds(struct traits *lines)
{
	size_t plain = 0, body = 0;

	for (size_t i = 0; i < lines->n; i++) {
		plain += lines->line[i].kind == BLOCK_HEADING && lines->line[i].style == PLAIN &&
			 !lines->line[i].is_word;
		body += is_body(&lines->line[i]);
	}
	if (plain * 2 <= body + 2)
		return;
	for (size_t i = 0; i < lines->n; i++)
		if (lines->line[i].kind == BLOCK_HEADING && lines->line[i].style == PLAIN &&
		    !lines->line[i].is_word)
			lines->line[i].kind = BLOCK_PARAGRAPH;
}

/* What the reader says is a heading, by expression or line by line. */
static void
apply_options(struct slice text, struct traits *lines, const struct import_options *options)
{
	regex_t expression;
	bool has_expression = options->heading &&
			      regcomp(&expression, options->heading, REG_EXTENDED | REG_NOSUB) == 0;

	for (size_t i = 0; i < lines->n; i++) {
		struct trait *t = &lines->line[i];
		char *line;

		if (has_expression) {
			line = xstrcopy(slice_sub(text, t->at));
			t->joins_next = false;
			if (t->n < 255 && regexec(&expression, line, 0, NULL, 0) == 0)
				t->kind = BLOCK_HEADING;
			else if (t->kind == BLOCK_HEADING)
				t->kind = BLOCK_PARAGRAPH;
			free(line);
		}
		for (size_t c = 0; c < options->ncorrection; c++) {
			const struct correction *correction = &options->correction[c];

			if (correction->off < t->at.start || correction->off >= t->at.end)
				continue;
			if (t->joins_next && correction->level == 0)
				t[1].kind = BLOCK_PARAGRAPH;
			t->joins_next = t->joins_next && correction->level > 0;
			t->kind = correction->level > 0 ? BLOCK_HEADING : BLOCK_PARAGRAPH;
			t->level = (uint8_t)correction->level;
		}
	}
	if (has_expression)
		regfree(&expression);
}

static void
add_verdict(struct verdicts *out, const struct trait *t, struct range at, enum block_kind kind)
{
	ARRAY_ADD(out->line, out->n, out->cap,
		  (struct line_verdict){ .at = at,
					 .line = t->line,
					 .kind = (uint8_t)kind,
					 .level = kind == BLOCK_HEADING ? t->level : 0 });
}

static void
give_verdicts(struct slice text, const struct traits *lines, struct verdicts *out)
{
	for (size_t i = 0; i < lines->n; i++) {
		const struct trait *t = &lines->line[i];
		struct range at = t->at;

		if (t->kind == BLOCK_HEADING && t->joins_next) {
			at.end = t[1].at.end;
			i++;
		}
		if (t->kind == BLOCK_HEADING && t->style == CLAUSE && t->n > t->number_bytes / 3 + 12) {
			/* 第一条 and its text on one line: the number is the heading */
			struct range rest = { at.start + t->number_bytes, at.end };

			at.end = rest.start;
			add_verdict(out, t, at, BLOCK_HEADING);
			add_verdict(out, t, trim(text, rest), BLOCK_PARAGRAPH);
			continue;
		}
		add_verdict(out, t, at, (enum block_kind)t->kind);
	}
}

void
headings_find(struct slice text, struct range stretch, const struct import_options *options,
	      struct verdicts *out)
{
	struct traits lines = { 0 };

	read_lines(text, stretch, &lines);
	skip_contents(&lines);
	judge_kinds(&lines);
	judge_headings(&lines);
	drop_crowds(&lines);
	set_levels(&lines);
	if (stretch.start == 0 && lines.n && lines.line[0].kind != BLOCK_NOTE && !lines.line[0].joins_next)
		judge_title(&lines);
	if (options)
		apply_options(text, &lines, options);
	give_verdicts(text, &lines, out);
	free(lines.line);
}
