/* The program on a real pseudo-terminal, its screen kept by libvterm. */
#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <cmocka.h>
#include <vterm.h>

struct session {
	int fd;
	pid_t pid;
	VTerm *vt;
	VTermScreen *screen;
	int rows, cols;
	struct termios before;
	char text[200000];
};

static void
start(struct session *s, int rows, int cols, const char *article)
{
	struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols };

	memset(s, 0, sizeof *s);
	s->rows = rows;
	s->cols = cols;
	s->vt = vterm_new(rows, cols);
	vterm_set_utf8(s->vt, 1);
	s->screen = vterm_obtain_screen(s->vt);
	vterm_screen_enable_altscreen(s->screen, 1);
	vterm_screen_reset(s->screen, 1);
	s->pid = forkpty(&s->fd, NULL, NULL, &size);
	assert_true(s->pid >= 0);
	if (s->pid == 0) {
		const char *program = getenv("DUIZHAO");

		setenv("TERM", "xterm-256color", 1);
		execl(program ? program : "build/release/duizhao", "duizhao", article, (char *)NULL);
		_exit(127);
	}
	tcgetattr(s->fd, &s->before);
}

/* Reads until nothing has come for a while. */
static void
settle(struct session *s)
{
	struct pollfd fd = { .fd = s->fd, .events = POLLIN };
	int quiet = 400;

	while (poll(&fd, 1, quiet) > 0) {
		char bytes[65536];
		ssize_t n = read(s->fd, bytes, sizeof bytes);

		if (n <= 0)
			break;
		vterm_input_write(s->vt, bytes, (size_t)n);
	}
	vterm_screen_flush_damage(s->screen);
}

static const char *
screen_text(struct session *s)
{
	VTermRect all = { 0, s->rows, 0, s->cols };
	size_t n;

	settle(s);
	n = vterm_screen_get_text(s->screen, s->text, sizeof s->text - 1, all);
	s->text[n] = '\0';
	return s->text;
}

static void
type(struct session *s, const char *keys)
{
	assert_int_equal(write(s->fd, keys, strlen(keys)), strlen(keys));
}

static void
sees(struct session *s, const char *what)
{
	const char *text = screen_text(s);

	if (!strstr(text, what))
		fail_msg("not on the screen: %s\n%s", what, text);
}

/* The way it ends: the exit status, and the terminal as it was. */
static int
finish(struct session *s)
{
	struct termios after;
	int status = 0;

	settle(s);
	tcgetattr(s->fd, &after);
	assert_int_equal(after.c_lflag, s->before.c_lflag);
	assert_int_equal(after.c_iflag, s->before.c_iflag);
	assert_int_equal(after.c_oflag, s->before.c_oflag);
	close(s->fd);
	waitpid(s->pid, &status, 0);
	vterm_free(s->vt);
	return status;
}

static void
test_read(void **state)
{
	static struct session s;
	struct winsize size = { .ws_row = 24, .ws_col = 70 };

	(void)state;
	start(&s, 30, 100, "articles/europe.md");
	sees(&s, "europe.md");
	sees(&s, "? help");
	type(&s, " ");
	settle(&s);
	type(&s, "g/欧盟\r");
	sees(&s, "1/");
	type(&s, "t");
	sees(&s, "2.1");
	type(&s, "\033");
	settle(&s);
	type(&s, "t");
	settle(&s);
	type(&s, "\033");
	settle(&s);
	type(&s, "i");
	sees(&s, "Keyword index");
	type(&s, "/zhengce\r");
	sees(&s, "filter: zhengce");
	type(&s, "\033");
	settle(&s);
	ioctl(s.fd, TIOCSWINSZ, &size);
	vterm_set_size(s.vt, 24, 70);
	s.rows = 24;
	s.cols = 70;
	kill(s.pid, SIGWINCH);
	sees(&s, "europe.md");
	type(&s, "?");
	sees(&s, "Keys in the");
	type(&s, "q");
	settle(&s);
	type(&s, "q");
	assert_int_equal(finish(&s), 0);
}

static void
test_signals(void **state)
{
	static const int signals[] = { SIGTERM, SIGHUP, SIGINT, SIGABRT };

	(void)state;
	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
		static struct session s;
		int status;

		start(&s, 24, 80, "articles/reading.txt");
		sees(&s, "reading.txt");
		kill(s.pid, signals[i]);
		status = finish(&s);
		if (signals[i] == SIGABRT)
			assert_true(WIFSIGNALED(status));
		else
			assert_true(WIFEXITED(status));
	}
}

static void
test_sizes(void **state)
{
	static const int size[][2] = { { 1, 1 }, { 5, 20 }, { 12, 40 }, { 24, 80 }, { 100, 300 } };

	(void)state;
	for (size_t i = 0; i < sizeof size / sizeof *size; i++) {
		static struct session s;

		start(&s, size[i][0], size[i][1], "articles/europe.md");
		settle(&s);
		type(&s, "  .\tG");
		settle(&s);
		type(&s, "\033\033");
		settle(&s);
		type(&s, "q");
		assert_int_equal(finish(&s), 0);
	}
}

static void
test_place(void **state)
{
	static struct session s;
	char place[80];
	const char *text;

	(void)state;
	start(&s, 24, 80, "articles/reading.txt");
	settle(&s);
	type(&s, "g");
	settle(&s);
	type(&s, " ");
	text = screen_text(&s);
	text += strspn(text, "\n "); /* blank rows at the top are not the place */
	snprintf(place, sizeof place, "%.40s", text);
	type(&s, "q");
	assert_int_equal(finish(&s), 0);
	start(&s, 24, 80, "articles/reading.txt");
	sees(&s, place);
	type(&s, "q");
	assert_int_equal(finish(&s), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_signals),
		cmocka_unit_test(test_sizes),
		cmocka_unit_test(test_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
