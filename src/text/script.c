#include "text/script.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "text/internal.h"
#include "text/utf8.h"

const char *
script_name(enum script script)
{
	static const char *const names[] = { "", "Hans", "Hant", "mixed" };

	return names[script];
}

enum script
script_of(struct slice text)
{
	size_t n[3] = { 0 };
	uint32_t cp;

	for (size_t off = 0; off < text.n;) {
		off += utf8_decode(text, off, &cp);
		n[fold_script(cp)]++;
	}
	if (n[1] + n[2] == 0)
		return SCRIPT_NONE;
	if (n[1] * 10 > n[1] + n[2] && n[2] * 10 > n[1] + n[2])
		return SCRIPT_MIXED;
	return n[1] > n[2] ? SCRIPT_HANT : SCRIPT_HANS;
}

bool
script_is_han(uint32_t cp)
{
	UErrorCode error = U_ZERO_ERROR;

	if (cp < 0x2E80)
		return false;
	if (cp >= 0x4E00 && cp < 0xA000)
		return true;
	return uscript_getScript((UChar32)cp, &error) == USCRIPT_HAN;
}

bool
script_is_alnum(uint32_t cp)
{
	return u_isalnum((UChar32)cp);
}
