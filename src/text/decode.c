#include "text/decode.h"

#include <ctype.h>
#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/ucsdet.h>
#include <unicode/ustring.h>

#include "text/utf8.h"

#define REPLACEMENT "\xEF\xBF\xBD"

/*
 * What people and pages call an encoding, by rows: canonical name first. `unit` is what is
 * skipped at the least when a sequence is ill-formed.
 */
static const struct {
	const char *name, *aliases; /* aliases: space separated, no '-', '_' */
	size_t unit;
} encodings[] = {
	{ "UTF-8", "utf8 cp65001", 1 },
	{ "UTF-16LE", "utf16 utf16le ucs2 unicode", 2 },
	{ "UTF-16BE", "utf16be", 2 },
	{ "UTF-32LE", "utf32 utf32le ucs4", 4 },
	{ "UTF-32BE", "utf32be", 4 },
	{ "GB18030", "gb18030 gbk gb2312 gb231280 cp936 ms936 windows936 euccn xgbk chinese", 1 },
	{ "Big5", "big5 big5hkscs cp950 windows950 xxbig5 cnbig5 big5eten", 1 },
	{ "HZ", "hz hzgb2312", 1 },
	{ "EUC-TW", "euctw", 1 },
	{ "EUC-JP", "eucjp", 1 },
	{ "Shift_JIS", "shiftjis sjis cp932 windows31j", 1 },
	{ "ISO-2022-JP", "iso2022jp", 1 },
	{ "EUC-KR", "euckr cp949 uhc", 1 },
	{ "ISO-8859-1", "iso88591 latin1", 1 },
	{ "ISO-8859-2", "iso88592 latin2", 1 },
	{ "ISO-8859-5", "iso88595", 1 },
	{ "ISO-8859-7", "iso88597", 1 },
	{ "ISO-8859-9", "iso88599 latin5", 1 },
	{ "ISO-8859-15", "iso885915 latin9", 1 },
	{ "windows-1250", "windows1250 cp1250", 1 },
	{ "windows-1251", "windows1251 cp1251", 1 },
	{ "windows-1252", "windows1252 cp1252 ascii usascii", 1 },
	{ "windows-1253", "windows1253 cp1253", 1 },
	{ "windows-1254", "windows1254 cp1254", 1 },
	{ "KOI8-R", "koi8r", 1 },
	{ "KOI8-U", "koi8u", 1 },
	{ "macintosh", "macintosh macroman", 1 },
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
	char plain[32]; /* "Windows_1252" → "windows1252" */
	size_t n = 0;

	for (; *name && n + 1 < sizeof plain; name++)
		if (!strchr("-_ :", *name))
			plain[n++] = (char)tolower((unsigned char)*name);
	plain[n] = '\0';
	for (size_t i = 0; n && !*name && i < sizeof encodings / sizeof *encodings; i++) {
		struct slice rest = slice_of(encodings[i].aliases);

		while (rest.s)
			if (slice_is(slice_cut(&rest, ' '), plain))
				return encodings[i].name;
	}
	return NULL;
}

/*
 * How Chinese the bytes are in an encoding, in thousandths: how many of its characters are among
 * the most common ones of either script, what cannot be decoded counting against it.
 */
static size_t
score(struct slice bytes, const char *name)
{
	static const char common[] =
		"的一是不了在人有我他这這中大来來上国國个個到说說们們为為子和你地出道也时時年得就那要下以生"
		"会會自着著去之过過家学學对對可里裡以主义義经經济濟发發于於用成政技术術业業能分行方多法多日"
		"本作開开小心面前起所后後事看想很没沒还還从從但把被与與其此，。、；：？！「」“”《》（）";
	struct buf text = { 0 };
	size_t bad = encoding_decode(bytes, name, true, &text, NULL), hits = 0, wide = 0;

	for (size_t off = 0, n; off < text.n; off += n) {
		uint32_t cp;

		n = utf8_decode(buf_slice(&text), off, &cp);
		if (cp < 0x80 || cp == UTF8_REPLACEMENT)
			continue;
		wide++;
		hits += slice_find(SLICE(common), (struct slice){ text.s + off, n }, 0) != NOWHERE;
	}
	buf_fini(&text);
	return wide ? hits * 1000 / (wide + 20 * bad) : 0;
}

/* What ICU takes the bytes for, if it is fairly sure and the encoding is one of ours. */
static const char *
ask_icu(struct slice bytes)
{
	UErrorCode error = U_ZERO_ERROR;
	UCharsetDetector *detector = ucsdet_open(&error);
	const UCharsetMatch *match = NULL;
	const char *name = NULL, *found = NULL;

	if (U_FAILURE(error))
		return NULL;
	ucsdet_setText(detector, bytes.s, (int32_t)bytes.n, &error);
	match = ucsdet_detect(detector, &error);
	if (U_SUCCESS(error) && match && ucsdet_getConfidence(match, &error) >= 20)
		name = ucsdet_getName(match, &error);
	if (U_SUCCESS(error) && name)
		found = encoding_find(name);
	ucsdet_close(detector);
	return found;
}

#define SAMPLE 512u

static struct encoding
guess(struct slice head)
{
	enum { CHINESE = 150 }; /* prose scores 300 and more, the wrong encoding below 50 */
	size_t from = 0, gb, big5;
	const char *icu;

	while (from < head.n && (unsigned char)head.s[from] < 0x80)
		from++;
	head = slice_sub(head, (struct range){ from, from + SAMPLE });
	gb = score(head, "GB18030");
	big5 = score(head, "Big5");
	if (gb >= CHINESE || big5 >= CHINESE)
		return (struct encoding){ gb >= big5 ? "GB18030" : "Big5", true, 0 };
	icu = ask_icu(head);
	if (icu && (strcmp(icu, "GB18030") == 0 || strcmp(icu, "Big5") == 0))
		icu = gb >= big5 ? "GB18030" : "Big5";
	if (icu && strncmp(icu, "UTF-", 4) != 0)
		return (struct encoding){ icu, true, 0 };
	return (struct encoding){ "UTF-8", true, 0 };
}

/* What texts in UTF-16 consist of: of other code units a file of another kind is full. */
static bool
is_plausible(unsigned unit)
{
	static const unsigned ranges[][2] = {
		{ 0x09, 0x0D },	    { 0x20, 0x7E },	{ 0xA0, 0x24F },    { 0x370, 0x52F },
		{ 0x2010, 0x2040 }, { 0x20A0, 0x20BF }, { 0x2100, 0x22FF }, { 0x2460, 0x25FF },
		{ 0x3000, 0x312F }, { 0x3400, 0x9FFF }, { 0xAC00, 0xD7A3 }, { 0xD800, 0xDFFF },
		{ 0xFF01, 0xFFEF },
	};

	for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
		if (unit >= ranges[i][0] && unit <= ranges[i][1])
			return true;
	return false;
}

/* UTF-16 without a mark: bytes that are NUL (of ASCII), and plausible in one byte order. */
static const char *
find_utf16(struct slice head)
{
	static const char *const name[] = { "UTF-16LE", "UTF-16BE" };
	size_t good[2] = { 0 }, units = head.n / 2, best;

	if (units < 2 || !memchr(head.s, '\0', head.n))
		return NULL;
	for (size_t i = 0; i < units; i++) {
		unsigned a = (unsigned char)head.s[2 * i], b = (unsigned char)head.s[2 * i + 1];

		good[0] += is_plausible(b << 8 | a);
		good[1] += is_plausible(a << 8 | b);
	}
	best = good[1] > good[0];
	return good[best] * 20 >= units * 19 ? name[best] : NULL;
}

/* Do the bytes from off to the end begin one character of UTF-8 and no more? */
static bool
is_cut_off(struct slice head, size_t off)
{
	unsigned char first = (unsigned char)head.s[off];
	uint32_t cp;

	return first >= 0xC2 && first <= 0xF4 && off + utf8_decode(head, off, &cp) == head.n;
}

/* Well-formed characters of three or four bytes. */
static size_t
count_long(struct slice head)
{
	size_t count = 0, n;
	uint32_t cp;

	for (size_t off = 0; off < head.n; off += n) {
		n = utf8_decode(head, off, &cp);
		count += n > 2 && cp != UTF8_REPLACEMENT;
	}
	return count;
}

struct encoding
encoding_detect(struct slice head)
{
	const char *utf16;
	size_t good, bad;

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (slice_begins(head, (struct slice){ marks[i].bytes, marks[i].n }))
			return (struct encoding){ marks[i].name, false, marks[i].n };
	utf16 = find_utf16(head);
	if (utf16)
		return (struct encoding){ utf16, true, 0 };
	good = utf8_valid_prefix(head);
	if (good == head.n || is_cut_off(head, good))
		return (struct encoding){ "UTF-8", false, 0 };
	/* damaged UTF-8 is UTF-8: other encodings have hardly a well-formed long form */
	bad = utf8_count_bad(head);
	if (bad * 10 < count_long(head))
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

		if (c == '\0')
			return true;
		odd += c < ' ' && !strchr("\t\n\r\f\x1B", c);
	}
	return odd * 10 > head.n;
}

static size_t
decode_utf8(struct slice bytes, bool more, struct buf *out, size_t *done)
{
	size_t bad = 0, off = 0;
	uint32_t cp;

	for (;;) {
		size_t good = utf8_valid_prefix(slice_from(bytes, off));

		buf_add(out, (struct slice){ bytes.s + off, good });
		off += good;
		if (off >= bytes.n || (more && is_cut_off(bytes, off)))
			break;
		off += utf8_decode(bytes, off, &cp);
		buf_add_text(out, REPLACEMENT);
		bad++;
	}
	*done = off;
	return bad;
}

#define NO_HANDLE ((iconv_t)-1)

/* One run of iconv to the first byte it refuses; 0 or errno. *bytes moves on. */
static int
convert(iconv_t handle, struct slice *bytes, struct buf *out)
{
	char room[4096], *in = (char *)(uintptr_t)bytes->s;
	size_t left = bytes->n;
	int error = 0;

	while (left > 0 && !error) {
		char *to = room;
		size_t space = sizeof room;

		if (iconv(handle, &in, &left, &to, &space) == (size_t)-1 && errno != E2BIG)
			error = errno;
		buf_add(out, (struct slice){ room, sizeof room - space });
	}
	*bytes = (struct slice){ in, left };
	return error;
}

/* What iconv still holds back (BIG5-HKSCS does, for letters that may take an accent). */
static void
flush(iconv_t handle, struct buf *out)
{
	char room[16], *to = room;
	size_t space = sizeof room;

	iconv(handle, NULL, NULL, &to, &space);
	buf_add(out, (struct slice){ room, sizeof room - space });
}

/*
 * Length of the ill-formed sequence at the beginning. A second byte that is ASCII stands for
 * itself (WHATWG Encoding §10.2.1, §12.1.1), so that damage cannot swallow a quote or a line end.
 */
static size_t
bad_length(struct slice bytes, size_t unit)
{
	size_t n = unit;

	if (unit == 1 && bytes.n > 1 && (unsigned char)bytes.s[0] >= 0x80 &&
	    (unsigned char)bytes.s[1] >= 0x80)
		n = 2;
	return n < bytes.n ? n : bytes.n;
}

/* Decodes by `main`, and by `other` the two-byte characters that it lacks. */
static size_t
decode_iconv(struct slice bytes, iconv_t main, iconv_t other, size_t unit, bool more,
	     struct buf *out, size_t *done)
{
	size_t all = bytes.n, bad = 0;

	while (bytes.n) {
		int error = convert(main, &bytes, out);
		struct slice two = slice_sub(bytes, (struct range){ 0, 2 });
		bool is_cut = error == EINVAL; /* the end lies inside a character */

		flush(main, out);
		if (!error || (is_cut && more))
			break;
		if (other != NO_HANDLE && two.n == 2 && convert(other, &two, out) == 0) {
			bytes = slice_from(bytes, 2); /* the euro sign, for one */
			continue;
		}
		buf_add_text(out, REPLACEMENT);
		bytes = slice_from(bytes, is_cut ? bytes.n : bad_length(bytes, unit));
		bad++;
	}
	*done = all - bytes.n;
	return bad;
}

/* ICU says what it cannot decode: one U+FFFD for each, and count it. */
static void
count_bad(const void *context, UConverterToUnicodeArgs *args, const char *units, int32_t n,
	  UConverterCallbackReason reason, UErrorCode *error)
{
	static const UChar replacement = UTF8_REPLACEMENT;

	(void)units;
	(void)n;
	if (reason > UCNV_IRREGULAR)
		return;
	++*(size_t *)(uintptr_t)context;
	*error = U_ZERO_ERROR;
	ucnv_cbToUWriteUChars(args, &replacement, 1, 0, error);
}

/* For an iconv that lacks the encoding: musl's, or glibc's without its extra modules. */
static size_t
decode_icu(struct slice bytes, const char *name, bool more, struct buf *out, size_t *done)
{
	UErrorCode error = U_ZERO_ERROR;
	UConverter *converter = ucnv_open(name, &error);
	const char *in = bytes.s, *end = bytes.s + bytes.n;
	size_t bad = 0;

	ucnv_setToUCallBack(converter, count_bad, &bad, NULL, NULL, &error);
	if (U_FAILURE(error)) { /* nobody has it: at least the ASCII of it can be read */
		ucnv_close(converter);
		return decode_utf8(bytes, more, out, done);
	}
	do {
		UChar wide[1024], *to = wide;
		char room[3 * 1024];
		int32_t n = 0;

		error = U_ZERO_ERROR;
		ucnv_toUnicode(converter, &to, wide + 1023, &in, end, NULL, !more, &error);
		if (error != U_BUFFER_OVERFLOW_ERROR && U_FAILURE(error))
			break;
		if (error == U_BUFFER_OVERFLOW_ERROR && U16_IS_LEAD(to[-1])) /* the trail comes */
			ucnv_toUnicode(converter, &to, wide + 1024, &in, end, NULL, !more,
				       &(UErrorCode){ U_ZERO_ERROR });
		u_strToUTF8WithSub(room, sizeof room, &n, wide, (int32_t)(to - wide),
				   UTF8_REPLACEMENT, NULL, &(UErrorCode){ U_ZERO_ERROR });
		buf_add(out, (struct slice){ room, (size_t)n });
	} while (error == U_BUFFER_OVERFLOW_ERROR);
	error = U_ZERO_ERROR;
	*done = bytes.n - (more ? (size_t)ucnv_toUCountPending(converter, &error) : 0);
	ucnv_close(converter);
	return bad;
}

static size_t
unit_of(const char *name)
{
	for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++)
		if (strcmp(encodings[i].name, name) == 0)
			return encodings[i].unit;
	return 1;
}

size_t
encoding_decode(struct slice bytes, const char *name, bool more, struct buf *out, size_t *done)
{
	bool is_big5 = strcmp(name, "Big5") == 0;
	iconv_t main, other;
	size_t bad, ignored;

	if (!done)
		done = &ignored;
	*done = 0;
	if (bytes.n == 0)
		return 0;
	if (strcmp(name, "UTF-8") == 0)
		return decode_utf8(bytes, more, out, done);
	main = iconv_open("UTF-8", is_big5 ? "BIG5-HKSCS" : name);
	if (main == NO_HANDLE)
		return decode_icu(bytes, is_big5 ? "Big5-HKSCS" : name, more, out, done);
	other = is_big5 ? iconv_open("UTF-8", "CP950") : NO_HANDLE;
	bad = decode_iconv(bytes, main, other, unit_of(name), more, out, done);
	iconv_close(main);
	if (other != NO_HANDLE)
		iconv_close(other);
	return bad;
}
