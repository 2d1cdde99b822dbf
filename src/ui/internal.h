#ifndef UI_INTERNAL_H
#define UI_INTERNAL_H

#include <stdio.h>

#include "reader/reader.h"

/* screen.c: surface to ncurses. */
struct screen;
struct screen *screen_open(FILE *in, FILE *out, struct diag *diag);
void screen_close(struct screen *screen);
/* Reads the configured attributes of the styles. */
void screen_set_styles(struct screen *screen, const struct reader *reader);
void screen_show(struct screen *screen, const struct surface *surface);
void screen_size(const struct screen *screen, size_t *rows, size_t *cols);
void screen_resize(struct screen *screen);
void screen_set_mouse(struct screen *screen, bool on);
/* Leaves and enters the full-screen mode, for a suspend. */
void screen_leave(struct screen *screen);
void screen_enter(struct screen *screen);
void screen_redraw(struct screen *screen);

/* input.c: ncurses to key names. */
struct event {
	enum { EVENT_NONE, EVENT_KEY, EVENT_MOUSE, EVENT_RESIZE } kind;
	char key[24];
	enum reader_button button;
	size_t row, col;
};
/* The next event that is pending; EVENT_NONE when there is none. Never waits. */
struct event input_next(void);

#endif
