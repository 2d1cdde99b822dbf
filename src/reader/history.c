#include "reader/internal.h"

#define HISTORY_MAX 200

void
history_add(struct history *history, size_t off)
{
	history->n = history->at; /* what lay ahead is forgotten */
	if (history->n && history->off[history->n - 1] == off)
		return;
	if (history->n == HISTORY_MAX) {
		memmove(history->off, history->off + 1, (HISTORY_MAX - 1) * sizeof *history->off);
		history->n--;
	}
	ARRAY_ADD(history->off, history->n, history->cap, off);
	history->at = history->n;
}

bool
history_back(struct history *history, size_t here, size_t *off)
{
	if (history->at == 0)
		return false;
	if (history->at == history->n) { /* so that forward comes back here */
		ARRAY_ADD(history->off, history->n, history->cap, here);
	} else {
		history->off[history->at] = here;
	}
	*off = history->off[--history->at];
	return true;
}

bool
history_forward(struct history *history, size_t here, size_t *off)
{
	if (history->at + 1 >= history->n)
		return false;
	history->off[history->at] = here;
	*off = history->off[++history->at];
	return true;
}
