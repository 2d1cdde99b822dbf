/*
 * What went wrong in the world: collected messages, each naming a file and a line.
 * Functions below `reader` and `command` add to a diag and never print.
 */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include "base/slice.h"

enum diag_level { DIAG_WARNING, DIAG_ERROR };

struct diag_message {
	enum diag_level level;
	char *path;    /* "" when no file is concerned */
	unsigned line; /* 1-based; 0 when no line is concerned */
	char *text;    /* what is wrong and what to do; no final full stop */
};

/* Zeroed struct = no messages. */
struct diag {
	struct diag_message *message;
	size_t n, cap;
};

/* Every function that takes a struct diag * takes NULL too: nobody wants to know. */
void diag_add(struct diag *diag, enum diag_level level, const char *path, unsigned line,
	      const char *format, ...) __attribute__((format(printf, 5, 6)));
bool diag_has_errors(const struct diag *diag);
void diag_fini(struct diag *diag);

#endif
