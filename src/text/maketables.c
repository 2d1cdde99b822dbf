/*
 * Makes fold_table.h at build time, from ICU: for each code point, what it folds to (text/fold.h),
 * and which script uses it alone (text/script.h). A program of its own; no part of the library.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#define END 0x30000u
#define PAGE 128u

static uint32_t fold[END];
static unsigned char script[END]; /* 1: only traditional, 2: only simplified */

/* Variants that ICU leaves as they are; the standard simplified form of each. */
static const uint32_t variant[][2] = {
	{ 0x88CF, 0x91CC }, { 0x88E1, 0x91CC }, { 0x8457, 0x7740 }, { 0x8846, 0x4F17 },
	{ 0x773E, 0x4F17 }, { 0x7232, 0x4E3A }, { 0x70BA, 0x4E3A }, { 0x5CEF, 0x5CF0 },
	{ 0x555F, 0x542F }, { 0x5553, 0x542F }, { 0x5587, 0x5587 }, { 0x7FA3, 0x7FA4 },
	{ 0x8AAA, 0x8BF4 }, { 0x8AAC, 0x8BF4 }, { 0x81FA, 0x53F0 }, { 0x5EE3, 0x5E7F },
	{ 0x6FC1, 0x6D4A }, { 0x5EFB, 0x56DE }, { 0x8FF4, 0x56DE }, { 0x5F4C, 0x5F25 },
	{ 0x9EBC, 0x4E48 }, { 0x9EBD, 0x4E48 }, { 0x5C1C, 0x5C1C }, { 0x92B3, 0x9510 },
	{ 0x92ED, 0x9510 }, { 0x7DAB, 0x7EBF }, { 0x7DDA, 0x7EBF }, { 0x9F61, 0x9F84 },
	{ 0x55AB, 0x5403 }, { 0x8B41, 0x54D7 }, { 0x6236, 0x6237 }, { 0x6238, 0x6237 },
};

static UTransliterator *
open_transliterator(const UChar *id)
{
	UErrorCode error = U_ZERO_ERROR;
	UTransliterator *t = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &error);

	if (U_FAILURE(error)) {
		fprintf(stderr, "maketables: ICU has no transliterator: %s\n", u_errorName(error));
		exit(1);
	}
	return t;
}

/* The one code point that cp becomes, or cp itself. */
static uint32_t
transliterate(UTransliterator *t, uint32_t cp)
{
	UErrorCode error = U_ZERO_ERROR;
	UChar text[16] = { 0 };
	int32_t n = 0, limit;
	UChar32 first;
	uint32_t result;

	U16_APPEND_UNSAFE(text, n, (UChar32)cp);
	limit = n;
	utrans_transUChars(t, text, &n, 16, 0, &limit, &error);
	if (U_FAILURE(error) || u_countChar32(text, n) != 1)
		return cp;
	first = u_strlen(text) ? (U16_IS_LEAD(text[0]) ? U16_GET_SUPPLEMENTARY(text[0], text[1]) : text[0]) : 0;
	result = (uint32_t)first;
	return result;
}

static uint32_t
half_width(uint32_t cp)
{
	if (cp >= 0xFF01 && cp <= 0xFF5E)
		return cp - 0xFEE0;
	return cp == 0x3000 ? ' ' : cp;
}

/* In Big5? Then traditional text uses it too (云 in 人云亦云), whatever else it abbreviates. */
static int
is_in_big5(UConverter *big5, uint32_t cp)
{
	UErrorCode error = U_ZERO_ERROR;
	UChar text[2] = { (UChar)cp };
	char bytes[8];

	ucnv_resetFromUnicode(big5);
	ucnv_fromUChars(big5, bytes, sizeof bytes, text, 1, &error);
	return cp < 0x10000 && U_SUCCESS(error);
}

static void
make(void)
{
	UErrorCode error = U_ZERO_ERROR;
	UConverter *big5 = ucnv_open("Big5", &error);
	static const UChar to_simple[] = u"Traditional-Simplified", to_full[] = u"Simplified-Traditional";
	UTransliterator *t2s = open_transliterator(to_simple), *s2t = open_transliterator(to_full);

	ucnv_setFromUCallBack(big5, UCNV_FROM_U_CALLBACK_STOP, NULL, NULL, NULL, &error);
	if (U_FAILURE(error)) {
		fprintf(stderr, "maketables: ICU has no Big5: %s\n", u_errorName(error));
		exit(1);
	}
	for (uint32_t cp = 0; cp < END; cp++) {
		fold[cp] = cp;
		if (cp >= 0xD800 && cp < 0xE000)
			continue;
		if (u_hasBinaryProperty((UChar32)cp, UCHAR_IDEOGRAPHIC)) {
			uint32_t simple = transliterate(t2s, cp);

			fold[cp] = simple;
			if (simple != cp)
				script[cp] = 1;
			else if (!is_in_big5(big5, cp) && transliterate(s2t, cp) != cp && transliterate(t2s, transliterate(s2t, cp)) == cp)
				script[cp] = 2;
		} else {
			fold[cp] = (uint32_t)u_foldCase((UChar32)half_width(cp), U_FOLD_CASE_DEFAULT);
		}
	}
	for (size_t i = 0; i < sizeof variant / sizeof *variant; i++)
		fold[variant[i][0]] = variant[i][1];
	for (uint32_t cp = 0; cp < END; cp++) /* 著 → 着 → 着: to the end of the chain */
		for (int i = 0; i < 4 && fold[fold[cp]] != fold[cp]; i++)
			fold[cp] = fold[fold[cp]];
	utrans_close(t2s);
	utrans_close(s2t);
	ucnv_close(big5);
}

static int
is_plain_page(uint32_t page)
{
	for (uint32_t i = 0; i < PAGE; i++)
		if (fold[page * PAGE + i] != page * PAGE + i || script[page * PAGE + i])
			return 0;
	return 1;
}

int
main(void)
{
	uint32_t pages = END / PAGE, n = 1;

	make();
	puts("/* Made by maketables.c. Page 0 stands for pages that fold to themselves. */");
	printf("enum { FOLD_END = 0x%X, FOLD_PAGE = %u };\n", END, PAGE);
	puts("static const unsigned short fold_page[] = {");
	for (uint32_t page = 0; page < pages; page++)
		printf("%u,%s", is_plain_page(page) ? 0 : n++, page % 16 == 15 ? "\n" : "");
	puts("};\n/* what it folds to, and above bit 24: 1 only traditional, 2 only simplified */");
	printf("static const unsigned int fold_to[][%u] = {\n{0},\n", PAGE);
	for (uint32_t page = 0; page < pages; page++) {
		if (is_plain_page(page))
			continue;
		putchar('{');
		for (uint32_t i = 0; i < PAGE; i++)
			printf("%u,", fold[page * PAGE + i] |
					      (uint32_t)script[page * PAGE + i] << 24);
		puts("},");
	}
	puts("};");
	return 0;
}
