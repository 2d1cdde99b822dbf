#include "text/decode.h"

#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>
#include <unicode/ucsdet.h>

#include "text/script.h"
#include "text/utf8.h"

/* Names people and pages use, and what they are decoded as. */
static const struct {
	const char *alias, *name;
} names[] = {
	{ "utf-8", "UTF-8" },	     { "utf8", "UTF-8" },	{ "gb18030", "GB18030" },
	{ "gbk", "GB18030" },	     { "gb2312", "GB18030" },	{ "cp936", "GB18030" },
	{ "euc-cn", "GB18030" },     { "big5", "Big5" },	{ "big5-hkscs", "Big5" },
	{ "cp950", "Big5" },	     { "utf-16le", "UTF-16LE" }, { "utf-16be", "UTF-16BE" },
	{ "utf-16", "UTF-16LE" },    { "utf-32le", "UTF-32LE" }, { "utf-32be", "UTF-32BE" },
};

static const struct {
	const char *bytes;
	size_t n;
	const char *name;
} marks[] = {
	{ "\xEF\xBB\xBF", 3, "UTF-8" },
	{ "\xFF\xFE\0\0", 4, "UTF-32LE" },
	{ "\0\0\xFE\xFF", 4, "UTF-32BE" },
	{ "\xFF\xFE", 2, "UTF-16LE" },
	{ "\xFE\xFF", 2, "UTF-16BE" },
};

const char *
encoding_find(const char *name)
{
	iconv_t handle;

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcasecmp(names[i].alias, name) == 0)
			return names[i].name;
	handle = iconv_open("UTF-8", name);
	if (handle == (iconv_t)-1)
		return NULL;
	iconv_close(handle);
	/* another one that iconv has: its name must outlive the call, so only known ones */
	static const char *const others[] = { "EUC-TW", "EUC-JP", "SHIFT_JIS", "EUC-KR", "ISO-8859-1",
					      "WINDOWS-1252", "KOI8-R", "WINDOWS-1251" };
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (strcasecmp(others[i], name) == 0)
			return others[i];
	return NULL;
}

/* Of the characters of a decoding, how many are among the most common: a Chinese text has many. */
static unsigned
score(struct slice bytes, const char *name)
{
	static const char common[] = "的一是不了在人有我他这這中大来來上国國个個到说說们們为為子和你地出道"
				     "也时時年得就那要下以生会會自着去之过過家学學对對可里以主义義经經济濟发"
				     "發于於用成政技术術业業";
	struct buf text = { 0 };
	size_t bad = encoding_decode(bytes, name, true, &text, NULL), hits = 0, han = 0;

	for (size_t off = 0; off < text.n;) {
		struct slice one;
		uint32_t cp;
		size_t n = utf8_decode(buf_slice(&text), off, &cp);

		one = (struct slice){ text.s + off, n };
		off += n;
		if (!script_is_han(cp))
			continue;
		han++;
		hits += slice_find(SLICE(common), one, 0) != NOWHERE;
	}
	buf_fini(&text);
	return han ? (unsigned)(hits * 1000 / (han + 20 * bad)) : 0;
}

/* ICU's word on 512 bytes around the first that are not ASCII; NULL for none. */
static const char *
ask_icu(struct slice head)
{
	UErrorCode error = U_ZERO_ERROR;
	UCharsetDetector *detector = ucsdet_open(&error);
	const UCharsetMatch *match = NULL;
	const char *name = NULL, *found = NULL;

	ucsdet_setText(detector, head.s, (int32_t)head.n, &error);
	if (U_SUCCESS(error))
		match = ucsdet_detect(detector, &error);
	if (match && U_SUCCESS(error))
		name = ucsdet_getName(match, &error);
	if (name)
		found = encoding_find(name);
	ucsdet_close(detector);
	return found;
}

static struct encoding
guess(struct slice head)
{
	size_t from = 0;
	unsigned gb, big5;
	const char *icu;

	while (from < head.n && (unsigned char)head.s[from] < 0x80)
		from++;
	head = slice_sub(head, (struct range){ from, from + 512 });
	gb = score(head, "GB18030");
	big5 = score(head, "Big5");
	if (gb > 60 || big5 > 60)
		return (struct encoding){ gb >= big5 ? "GB18030" : "Big5", true, 0 };
	icu = ask_icu(head);
	if (icu && strncmp(icu, "UTF-", 4) != 0)
		return (struct encoding){ icu, true, 0 };
	return (struct encoding){ "UTF-8", true, 0 };
}

struct encoding
encoding_detect(struct slice head)
{
	size_t good, zeros[2] = { 0 };

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (head.n >= marks[i].n && memcmp(head.s, marks[i].bytes, marks[i].n) == 0)
			return (struct encoding){ marks[i].name, false, marks[i].n };
	for (size_t i = 0; i < head.n && i < 512; i++)
		zeros[i % 2] += head.s[i] == '\0';
	if (zeros[0] + zeros[1] > 2 && (zeros[0] == 0 || zeros[1] == 0) && head.n >= 8)
		return (struct encoding){ zeros[1] ? "UTF-16LE" : "UTF-16BE", true, 0 };
	good = utf8_valid_prefix(head);
	if (good + 4 > head.n) /* the head may end inside a character */
		return (struct encoding){ "UTF-8", false, 0 };
	/* a few damaged bytes in UTF-8 are still UTF-8: long runs of three-byte forms tell */
	if (utf8_count_bad(head) * 50 < head.n - good || utf8_count_bad(head) * 100 < head.n)
		return (struct encoding){ "UTF-8", true, 0 };
	return guess(head);
}

bool
encoding_is_binary(struct slice head, struct encoding encoding)
{
	size_t odd = 0;

	if (strncmp(encoding.name, "UTF-16", 6) == 0 || strncmp(encoding.name, "UTF-32", 6) == 0)
		return false;
	for (size_t i = 0; i < head.n; i++) {
		unsigned char c = (unsigned char)head.s[i];

		odd += c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 27;
	}
	return odd * 10 > head.n || (head.n > 4 && memcmp(head.s, "\x7F" "ELF", 4) == 0);
}

static size_t
decode_utf8(struct slice bytes, struct buf *out)
{
	size_t bad = 0;

	while (bytes.n) {
		size_t good = utf8_valid_prefix(bytes);
		uint32_t cp;

		buf_add(out, (struct slice){ bytes.s, good });
		bytes = slice_from(bytes, good);
		if (bytes.n == 0)
			break;
		bytes = slice_from(bytes, utf8_decode(bytes, 0, &cp));
		buf_add_text(out, "\xEF\xBF\xBD");
		bad++;
	}
	return bad;
}

/* One run of iconv to the first byte it refuses. The position moves on in *bytes. */
static int
convert(iconv_t handle, struct slice *bytes, struct buf *out)
{
	char room[4096], *in = (char *)(uintptr_t)bytes->s;
	size_t left = bytes->n;
	int error = 0;

	while (left > 0 && !error) {
		char *to = room;
		size_t free_bytes = sizeof room;

		if (iconv(handle, &in, &left, &to, &free_bytes) == (size_t)-1 && errno != E2BIG)
			error = errno;
		buf_add(out, (struct slice){ room, sizeof room - free_bytes });
	}
	*bytes = (struct slice){ in, left };
	return error;
}

size_t
encoding_decode(struct slice bytes, const char *name, bool more, struct buf *out, size_t *done)
{
	static const char *const big5[] = { "BIG5-HKSCS", "CP950" };
	bool is_big5 = strcmp(name, "Big5") == 0;
	size_t bad = 0, all = bytes.n;
	iconv_t handle[2] = { (iconv_t)-1, (iconv_t)-1 };

	if (done)
		*done = all;
	if (strcmp(name, "UTF-8") == 0)
		return decode_utf8(bytes, out);
	handle[0] = iconv_open("UTF-8", is_big5 ? big5[0] : name);
	if (is_big5)
		handle[1] = iconv_open("UTF-8", big5[1]);
	if (handle[0] == (iconv_t)-1)
		return decode_utf8(bytes, out);
	while (bytes.n) {
		int error = convert(handle[0], &bytes, out);
		struct slice two = slice_sub(bytes, (struct range){ 0, 2 });

		if (!error)
			break;
		if (error == EINVAL && more) {
			if (done)
				*done = all - bytes.n;
			break;
		}
		iconv(handle[0], NULL, NULL, NULL, NULL);
		if (handle[1] != (iconv_t)-1 && two.n == 2 && convert(handle[1], &two, out) == 0) {
			bytes = slice_from(bytes, 2); /* CP950 has it: the euro sign */
			continue;
		}
		buf_add_text(out, "\xEF\xBF\xBD");
		bytes = slice_from(bytes, 1);
		bad++;
	}
	iconv_close(handle[0]);
	if (handle[1] != (iconv_t)-1)
		iconv_close(handle[1]);
	return bad;
}
