#include "base/diag.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/memory.h"

void
diag_add(struct diag *diag, enum diag_level level, const char *path, unsigned line,
	 const char *format, ...)
{
	char *text;
	va_list args;
	int n;

	if (!diag)
		return;
	va_start(args, format);
	n = vsnprintf(NULL, 0, format, args);
	va_end(args);
	text = xmalloc((size_t)(n < 0 ? 0 : n) + 1);
	text[0] = '\0';
	va_start(args, format);
	vsnprintf(text, (size_t)(n < 0 ? 0 : n) + 1, format, args);
	va_end(args);
	ARRAY_ADD(diag->message, diag->n, diag->cap,
		  (struct diag_message){ level, xstrdup(path ? path : ""), line, text });
}

bool
diag_has_errors(const struct diag *diag)
{
	for (size_t i = 0; i < diag->n; i++)
		if (diag->message[i].level == DIAG_ERROR)
			return true;
	return false;
}

void
diag_fini(struct diag *diag)
{
	for (size_t i = 0; i < diag->n; i++) {
		free(diag->message[i].path);
		free(diag->message[i].text);
	}
	free(diag->message);
	*diag = (struct diag){ 0 };
}
