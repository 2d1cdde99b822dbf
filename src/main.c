#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "command/command.h"

/*
 * Widths and ncurses need a UTF-8 locale. Where the user's is another (LANG=C over ssh), the
 * terminal is UTF-8 all the same nearly always, so the plain UTF-8 locale is taken.
 */
static int
set_locale(void)
{
	static const char *const utf8[] = { "", "C.UTF-8", "C.utf8", "en_US.UTF-8", "UTF-8" };

	for (size_t i = 0; i < sizeof utf8 / sizeof *utf8; i++)
		if (setlocale(LC_CTYPE, utf8[i]) && strcmp(nl_langinfo(CODESET), "UTF-8") == 0)
			return 1;
	return 0;
}

int
main(int argc, char **argv)
{
	if (!set_locale()) {
		fputs("duizhao: no UTF-8 locale: install one, such as C.UTF-8\n", stderr);
		return 2;
	}
	return command_main(argc, argv);
}
