#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/memory.h"
#include "ui/internal.h"
#include "ui/ui.h"

/* The signal flags and what a crash needs: the only globals. */
static volatile sig_atomic_t ended, resized;
static int signal_pipe[2] = { -1, -1 };
static struct termios original; /* the terminal as it was found */
static int terminal = -1;

/* What undoes a full screen, in the order of xterm: mouse off, keypad off, main screen, cursor. */
static const char undo[] = "\033[?1000l\033[?1006l\033[?1l\033>\033[0m\033[?1049l\033[?25h\r\n";

static void
restore_terminal(void)
{
	if (terminal < 0)
		return;
	tcsetattr(terminal, TCSANOW, &original);
	(void)!write(terminal, undo, sizeof undo - 1);
}

static void
on_crash(int number)
{
	restore_terminal();
	signal(number, SIG_DFL);
	raise(number);
}

static void
on_signal(int number)
{
	int error = errno;

	if (number == SIGWINCH)
		resized = 1;
	else if (number != SIGCONT)
		ended = number;
	(void)!write(signal_pipe[1], "s", 1);
	errno = error;
}

static void
catch_signals(void)
{
	static const int asked[] = { SIGTERM, SIGHUP, SIGINT, SIGWINCH, SIGCONT };
	static const int crash[] = { SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL };
	struct sigaction action = { .sa_handler = on_signal };

	for (size_t i = 0; i < sizeof asked / sizeof *asked; i++)
		sigaction(asked[i], &action, NULL);
	action.sa_handler = on_crash;
	action.sa_flags = (int)(SA_RESETHAND | SA_NODEFER);
	for (size_t i = 0; i < sizeof crash / sizeof *crash; i++)
		sigaction(crash[i], &action, NULL);
	signal(SIGPIPE, SIG_IGN);
}

static void
suspend(struct screen *screen)
{
	screen_leave(screen);
	signal(SIGTSTP, SIG_DFL);
	kill(0, SIGTSTP); /* the whole job, as Ctrl-z would */
	screen_enter(screen);
}

static void
handle(struct reader *reader, const struct event *event)
{
	switch (event->kind) {
	case EVENT_KEY:
		reader_key(reader, event->key);
		break;
	case EVENT_MOUSE:
		reader_mouse(reader, event->button, event->row, event->col);
		break;
	default: /* a resize came by signal; what curses says of it afterwards is no news */
		break;
	}
}

static void
show(struct reader *reader, struct screen *screen)
{
	size_t rows, cols;

	screen_size(screen, &rows, &cols);
	screen_set_mouse(screen, reader_wants_mouse(reader));
	screen_show(screen, reader_draw(reader, rows, cols));
}

/* Carries out what is pending; false when the reader quits. All keys come before one repaint. */
static bool
take_events(struct reader *reader, struct screen *screen)
{
	struct event event;

	for (int n = 0; n < 1000; n++) {
		enum reader_wish wish;

		event = input_next();
		if (event.kind == EVENT_NONE)
			break;
		handle(reader, &event);
		wish = reader_wish(reader);
		if (wish == WISH_QUIT)
			return false;
		if (wish == WISH_SUSPEND)
			suspend(screen);
		if (wish == WISH_REDRAW)
			screen_redraw(screen);
		screen_set_styles(screen, reader);
	}
	return true;
}

static void
loop(struct reader *reader, struct screen *screen, int keys)
{
	struct pollfd fd[] = { { .fd = keys, .events = POLLIN },
			       { .fd = signal_pipe[0], .events = POLLIN },
			       { .fd = reader_fd(reader), .events = POLLIN } };
	bool dirty = true;

	while (!ended) {
		char drop[64];
		int n;

		if (dirty)
			show(reader, screen);
		dirty = false;
		n = poll(fd, 3, 1000);
		if (n < 0) { /* a signal: its pipe tells which */
			fd[0].revents = fd[1].revents = fd[2].revents = 0;
			continue;
		}
		if (n == 0) {
			reader_idle(reader);
			continue;
		}
		if (fd[1].revents) {
			(void)!read(signal_pipe[0], drop, sizeof drop);
			if (resized)
				screen_resize(screen);
			resized = 0;
			dirty = true;
		}
		if (fd[2].revents)
			dirty |= reader_work(reader);
		if (fd[0].revents & (POLLHUP | POLLERR | POLLNVAL) && !(fd[0].revents & POLLIN))
			return; /* the terminal is gone */
		if (fd[0].revents & POLLIN) {
			if (!take_events(reader, screen))
				return;
			dirty = true;
		}
	}
}

static FILE *
open_keys(void)
{
	return isatty(STDIN_FILENO) ? stdin : fopen("/dev/tty", "r");
}

bool
ui_run(struct reader *reader, struct diag *diag)
{
	FILE *keys = open_keys();
	struct screen *screen;

	if (!keys) {
		diag_add(diag, DIAG_ERROR, NULL, 0, "no terminal to take keys from");
		return false;
	}
	if (pipe(signal_pipe) == 0)
		for (int i = 0; i < 2; i++)
			fcntl(signal_pipe[i], F_SETFL, O_NONBLOCK);
	tcgetattr(fileno(keys), &original);
	screen = screen_open(keys, stdout, diag);
	if (!screen)
		return false;
	terminal = fileno(keys);
	if (terminal != STDIN_FILENO)
		terminal = STDOUT_FILENO; /* /dev/tty was opened for reading only */
	memory_on_failure(restore_terminal);
	catch_signals();
	screen_set_styles(screen, reader);
	loop(reader, screen, fileno(keys));
	screen_close(screen);
	tcsetattr(fileno(keys), TCSANOW, &original);
	terminal = -1;
	return true;
}

/* Linear: what is on the screen as text, then a command a line, as typed after ':'. */
bool
ui_run_plain(struct reader *reader, struct diag *diag)
{
	FILE *keys = open_keys();
	struct buf page = { 0 };
	char line[1024];

	if (!keys) {
		diag_add(diag, DIAG_ERROR, NULL, 0, "no terminal to take keys from");
		return false;
	}
	for (;;) {
		size_t n;

		buf_clear(&page);
		reader_say(reader, &page);
		fputs(buf_text(&page), stdout);
		fflush(stdout);
		if (!fgets(line, sizeof line, keys))
			break;
		n = strcspn(line, "\n");
		line[n] = '\0';
		if (n == 0)
			reader_key(reader, "Space");
		for (size_t i = 0; i < n && line[0] != ':' && line[0] != '/'; i++)
			reader_key(reader, (char[]){ line[i], '\0' });
		if (line[0] == ':' || line[0] == '/') {
			reader_key(reader, (char[]){ line[0], '\0' });
			reader_key(reader, line + 1);
			reader_key(reader, "Enter");
		}
		if (reader_wish(reader) == WISH_QUIT)
			break;
	}
	buf_fini(&page);
	return true;
}
