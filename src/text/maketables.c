/*
 * Makes fold_table.h at build time, from ICU: for each code point, what it folds to (text/fold.h),
 * and which script uses it alone (text/script.h). A program of its own; no part of the library.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#define END 0x30000u
#define PAGE 128u

static uint32_t fold[END];
static unsigned char script[END]; /* 1: only traditional, 2: only simplified */

/*
 * Variants of Taiwan, Hong Kong and older print that ICU leaves as they are, each before its
 * standard simplified form.
 */
static const UChar variants[] =
	u"峯峰羣群衞卫戸户麪面麫面恥耻祕秘値值毎每録录敎教髪发卽即旣既靑青囯国囶国祇只淸清"
	u"鬪斗鬭斗糉粽脣唇呪咒葢盖敍叙擡抬棊棋碁棋鍊炼鎸镌毀毁讐仇崐昆崑昆寃冤寳宝戯戏敺驱昬昏"
	u"槪概氷冰濶阔燄焰畧略皁皂盃杯礮炮砲炮穉稚竝并緜绵聼听舘馆菴庵葯药覩睹覇霸豔艳躱躲輭软"
	u"隣邻飜翻騐验鰐鳄鼈鳖龢和蔴麻脗吻裠裙踫碰攷考甎砖甆瓷牎窗牕窗瑠琉櫈凳慙惭";

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

/* The one code point that a text of n units is, or cp when there are others. */
static uint32_t
only_one(const UChar *text, int32_t n, uint32_t cp)
{
	if (n == 1)
		return text[0];
	if (n == 2 && U16_IS_LEAD(text[0]) && U16_IS_TRAIL(text[1]))
		return 0x10000u + (((uint32_t)text[0] & 0x3FF) << 10 | (text[1] & 0x3FFu));
	return cp;
}

/* The one code point that cp becomes, or cp itself. */
static uint32_t
transliterate(UTransliterator *t, uint32_t cp)
{
	UErrorCode error = U_ZERO_ERROR;
	UChar text[16] = { 0 };
	int32_t n = 0, limit;

	U16_APPEND_UNSAFE(text, n, (UChar32)cp);
	limit = n;
	utrans_transUChars(t, text, &n, 16, 0, &limit, &error);
	return U_FAILURE(error) ? cp : only_one(text, n, cp);
}

/* The plain form of a full-width, half-width or compatibility character, or cp itself. */
static uint32_t
plain_form(const UNormalizer2 *nfkc, uint32_t cp)
{
	UErrorCode error = U_ZERO_ERROR;
	int type = u_getIntPropertyValue((UChar32)cp, UCHAR_DECOMPOSITION_TYPE);
	bool is_han = u_hasBinaryProperty((UChar32)cp, UCHAR_IDEOGRAPHIC);
	bool is_radical = cp >= 0x2E80 && cp < 0x2FE0; /* text taken from PDF is full of them */
	UChar text[32];
	int32_t n;

	if (type != U_DT_WIDE && type != U_DT_NARROW && !(is_han && type == U_DT_CANONICAL) &&
	    !(is_radical && type == U_DT_COMPAT))
		return cp;
	n = unorm2_getRawDecomposition(nfkc, (UChar32)cp, text, 32, &error);
	return U_FAILURE(error) ? cp : only_one(text, n, cp);
}

/* Does a national set have cp among its two-byte codes up to `last`? */
static bool
is_everyday(UConverter *set, uint32_t cp, unsigned last)
{
	UErrorCode error = U_ZERO_ERROR;
	UChar text[2];
	char bytes[8];
	int32_t n = 0, size;
	unsigned code;

	U16_APPEND_UNSAFE(text, n, (UChar32)cp);
	size = ucnv_fromUChars(set, bytes, sizeof bytes, text, n, &error);
	if (U_FAILURE(error) || size != 2)
		return false;
	code = (unsigned)(unsigned char)bytes[0] << 8 | (unsigned char)bytes[1];
	return code <= last;
}

static UConverter *
open_set(const char *name)
{
	UErrorCode error = U_ZERO_ERROR;
	UConverter *set = ucnv_open(name, &error);

	/* what the set lacks must fail, not become a substitute */
	if (U_SUCCESS(error))
		ucnv_setFromUCallBack(set, UCNV_FROM_U_CALLBACK_STOP, NULL, NULL, NULL, &error);
	if (U_FAILURE(error)) {
		fprintf(stderr, "maketables: ICU has no converter %s\n", name);
		exit(1);
	}
	return set;
}

/*
 * Only one script uses a character if ICU changes it into the other and the other's everyday
 * set lacks it: 著 乾 后 里, and 云 of 人云亦云, are written in both. 0xD7F9 ends GB 2312 level 1;
 * its level 2 has 於 and other traditional forms for names. Of Big5 all counts.
 */
static void
make_han(void)
{
	UTransliterator *t2s = open_transliterator(u"Traditional-Simplified");
	UTransliterator *s2t = open_transliterator(u"Simplified-Traditional");
	UConverter *gb2312 = open_set("gb2312"), *big5 = open_set("Big5");

	for (uint32_t cp = 0x2E80; cp < END; cp++) {
		uint32_t simple;

		if (!u_hasBinaryProperty((UChar32)cp, UCHAR_IDEOGRAPHIC) || fold[cp] != cp)
			continue;
		simple = transliterate(t2s, cp);
		if (simple != cp && !is_everyday(gb2312, cp, 0xD7F9))
			script[cp] = 1;
		else if (simple == cp && transliterate(s2t, cp) != cp &&
			 !is_everyday(big5, cp, 0xFFFF))
			script[cp] = 2;
		fold[cp] = simple;
	}
	script[0x7740] = 0; /* 着 is simplified, and what Hong Kong writes for 著 */
	ucnv_close(gb2312);
	ucnv_close(big5);
	utrans_close(t2s);
	utrans_close(s2t);
}

static void
make(void)
{
	UErrorCode error = U_ZERO_ERROR;
	const UNormalizer2 *nfkc = unorm2_getNFKCInstance(&error);

	if (U_FAILURE(error)) {
		fprintf(stderr, "maketables: ICU cannot normalize: %s\n", u_errorName(error));
		exit(1);
	}
	for (uint32_t cp = 0; cp < END; cp++)
		fold[cp] = cp >= 0xD800 && cp < 0xE000 ? cp : plain_form(nfkc, cp);
	make_han();
	for (size_t i = 0; variants[i]; i += 2)
		fold[variants[i]] = variants[i + 1];
	for (uint32_t cp = 0; cp < END; cp++)
		if (cp < 0xD800 || cp >= 0xE000)
			fold[cp] = (uint32_t)u_foldCase((UChar32)fold[cp], U_FOLD_CASE_DEFAULT);
	for (uint32_t cp = 0; cp < END; cp++) /* to the end of each chain: folding is idempotent */
		for (int i = 0; i < 4 && fold[fold[cp]] != fold[cp]; i++)
			fold[cp] = fold[fold[cp]];
}

static bool
is_plain_page(uint32_t page)
{
	for (uint32_t i = 0; i < PAGE; i++)
		if (fold[page * PAGE + i] != page * PAGE + i || script[page * PAGE + i])
			return false;
	return true;
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
