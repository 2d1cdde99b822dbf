/*
 * The terminal: the only curses. Surfaces go out, keys come in by name.
 */
#ifndef UI_UI_H
#define UI_UI_H

#include "base/diag.h"

struct reader;

/*
 * Runs the reader on the terminal until it quits. Keys come from /dev/tty when standard input is
 * the article. The terminal is left as it was found on every way out. False with an
 * error in diag when there is no terminal to run on.
 */
bool ui_run(struct reader *reader, struct diag *diag);
/* --plain: no boxes, no repainting: prints the screen once and reads commands a line at a time. */
bool ui_run_plain(struct reader *reader, struct diag *diag);

#endif
