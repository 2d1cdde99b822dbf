#include <curses.h>
#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <term.h>
#include <unistd.h>

#include "base/memory.h"
#include "ui/internal.h"

struct screen {
	SCREEN *screen;
	int fd; /* of the terminal */
	bool mouse;
	attr_t attribute[STYLES];
	short pair[STYLES];
};

static const struct {
	const char *name;
	attr_t attribute;
} attributes[] = {
	{ "normal", A_NORMAL },	  { "bold", A_BOLD },	      { "dim", A_DIM },
	{ "italic", A_ITALIC },	  { "underline", A_UNDERLINE }, { "reverse", A_REVERSE },
	{ "standout", A_STANDOUT },
};

static const char *const colors[] = { "black", "red",	  "green", "yellow",
				      "blue",  "magenta", "cyan",  "white" };

struct screen *
screen_open(FILE *in, FILE *out, struct diag *diag)
{
	struct screen *screen;
	const char *term = getenv("TERM");
	SCREEN *handle;
	int fd = fileno(out);

	handle = newterm(NULL, out, in);
	if (!handle || !tigetstr("cup")) {
		if (handle) {
			endwin();
			delscreen(handle);
		}
		diag_add(diag, DIAG_ERROR, NULL, 0,
			 "the terminal \"%s\" cannot move its cursor: set TERM, or use --plain",
			 term ? term : "");
		return NULL;
	}
	screen = xcalloc(1, sizeof *screen);
	screen->screen = handle;
	screen->fd = fd;
	set_term(handle);
	set_escdelay(25);
	raw(); /* every key is ours: Ctrl-z too, which must leave the screen first */
	noecho();
	nonl();
	keypad(stdscr, TRUE);
	nodelay(stdscr, TRUE);
	leaveok(stdscr, FALSE);
	if (has_colors() && !getenv("NO_COLOR")) {
		start_color();
		use_default_colors();
	}
	return screen;
}

void
screen_close(struct screen *screen)
{
	if (!screen)
		return;
	screen_set_mouse(screen, false);
	endwin();
	delscreen(screen->screen);
	free(screen);
}

void
screen_set_mouse(struct screen *screen, bool on)
{
	if (on == screen->mouse)
		return;
	screen->mouse = on;
	mousemask(on ? BUTTON1_PRESSED | BUTTON1_CLICKED | BUTTON4_PRESSED | BUTTON5_PRESSED : 0, NULL);
	mouseinterval(0);
}

static void
set_style(struct screen *screen, size_t style, struct slice words)
{
	bool has_color = has_colors() && !getenv("NO_COLOR");

	screen->attribute[style] = A_NORMAL;
	screen->pair[style] = 0;
	while (words.s) {
		struct slice word = slice_cut(&words, ' ');

		for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++)
			if (slice_is(word, attributes[i].name))
				screen->attribute[style] |= attributes[i].attribute;
		for (size_t i = 0; has_color && i < sizeof colors / sizeof *colors; i++) {
			if (!slice_is(word, colors[i]))
				continue;
			screen->pair[style] = (short)(style + 1);
			init_pair(screen->pair[style], (short)i, -1);
		}
	}
}

void
screen_set_styles(struct screen *screen, const struct reader *reader)
{
	for (size_t i = 0; i < STYLES; i++)
		set_style(screen, i, slice_of(reader_color(reader, (enum style)i)));
}

/* At most CCHARW_MAX - 1 marks on a character: what ncurses keeps. */
static void
put_cell(const struct screen *screen, const struct surface *surface, const struct cell *cell)
{
	wchar_t wide[CCHARW_MAX + 1] = L" ";
	char bytes[256];
	cchar_t c;

	if (cell->len && cell->len < sizeof bytes) {
		mbstate_t state = { 0 };
		const char *s = bytes;
		size_t n = 0;

		memcpy(bytes, surface->bytes.s + cell->off, cell->len);
		bytes[cell->len] = '\0';
		while (n < CCHARW_MAX && *s) {
			size_t used = mbrtowc(&wide[n], s, (size_t)(bytes + cell->len - s), &state);

			if (used == 0 || used > cell->len)
				break;
			s += used;
			n++;
		}
		wide[n] = L'\0';
		if (n == 0)
			wide[0] = L' ', wide[1] = L'\0';
	}
	setcchar(&c, wide, screen->attribute[cell->style], screen->pair[cell->style], NULL);
	add_wch(&c);
}

void
screen_show(struct screen *screen, const struct surface *surface)
{
	erase();
	for (size_t row = 0; row < surface->rows && row < (size_t)LINES; row++) {
		const struct cell *line = surface->cell + row * surface->cols;
		size_t n = surface->cols;

		while (n > 0 && !line[n - 1].len && line[n - 1].width && line[n - 1].style == STYLE_TEXT)
			n--;
		for (size_t col = 0; col < n; col++) {
			if (line[col].width == 0)
				continue;
			move((int)row, (int)col);
			put_cell(screen, surface, &line[col]);
		}
	}
	move((int)surface->cursor_row, (int)surface->cursor_col);
	refresh();
}

void
screen_size(const struct screen *screen, size_t *rows, size_t *cols)
{
	(void)screen;
	*rows = LINES > 0 ? (size_t)LINES : 1;
	*cols = COLS > 0 ? (size_t)COLS : 1;
}

void
screen_resize(struct screen *screen)
{
	struct winsize size;

	if (ioctl(screen->fd, TIOCGWINSZ, &size) == 0 && size.ws_row && size.ws_col)
		resizeterm(size.ws_row, size.ws_col);
}

void
screen_leave(struct screen *screen)
{
	bool mouse = screen->mouse;

	screen_set_mouse(screen, false);
	screen->mouse = mouse; /* to be set again */
	def_prog_mode();
	endwin();
}

void
screen_enter(struct screen *screen)
{
	reset_prog_mode();
	if (screen->mouse) {
		screen->mouse = false;
		screen_set_mouse(screen, true);
	}
	screen_resize(screen);
	clearok(curscr, TRUE);
	refresh();
}

void
screen_redraw(struct screen *screen)
{
	(void)screen;
	clearok(curscr, TRUE);
}
