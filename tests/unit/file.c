/* Unit tests of src/file. */
#define _DEFAULT_SOURCE /* mkdtemp, usleep */
#include <fcntl.h>
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/memory.h"
#include "file/file.h"
#include "file/json.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static int
make_folder(void **state)
{
	char *folder = xstrdup("/tmp/duizhao-file-XXXXXX");

	*state = mkdtemp(folder);
	return *state ? 0 : -1;
}

static int
remove_folder(void **state)
{
	struct buf command = { 0 };
	int status;

	buf_printf(&command, "rm -rf '%s'", (char *)*state);
	status = system(buf_text(&command));
	buf_fini(&command);
	free(*state);
	return status;
}

/* A path in the folder of the tests; the caller frees. */
static char *
path_of(void **state, const char *name)
{
	struct buf path = { 0 };

	buf_printf(&path, "%s/%s", (char *)*state, name);
	return buf_take(&path);
}

static void
check_refused(const char *path, const char *text)
{
	struct diag diag = { 0 };

	assert_null(file_open(path, &diag));
	assert_int_equal(diag.n, 1);
	assert_true(diag_has_errors(&diag));
	assert_string_equal(diag.message[0].path, path);
	assert_string_equal(diag.message[0].text, text);
	diag_fini(&diag);
	assert_null(file_open(path, NULL));
}

static void
test_refused(void **state)
{
	char *path = path_of(state, "none");

	check_refused(path, "no such file: check the spelling");
	check_refused("", "no such file: check the spelling");
	check_refused(*state, "is a directory: name a file in it");
	check_refused("/dev/null", "is a device: name a regular file");
	check_refused("/dev/zero", "is a device: name a regular file");
	free(path);
}

static void
test_unreadable(void **state)
{
	char *path = path_of(state, "secret");

	assert_true(file_save(path, SLICE("x"), NULL));
	assert_int_equal(chmod(path, 0), 0);
	if (geteuid() != 0)
		check_refused(path, "may not be read: check its permissions");
	free(path);
}

/* Writes n bytes, reads them again. */
static void
check_round_trip(const char *path, size_t n, bool mapped)
{
	char *bytes = xmalloc(n);
	struct file *file;

	for (size_t i = 0; i < n; i++)
		bytes[i] = (char)(i * 31);
	assert_true(file_save(path, (struct slice){ bytes, n }, NULL));
	file = file_open(path, NULL);
	assert_non_null(file);
	assert_string_equal(file->path, path);
	assert_int_equal(file->mapped, mapped);
	assert_true(slice_equal(file->bytes, (struct slice){ bytes, n }));
	assert_non_null(file->bytes.s);
	assert_true(file->modified > 0);
	file_close(file);
	free(bytes);
}

static void
test_sizes(void **state)
{
	char *path = path_of(state, "sizes");

	check_round_trip(path, 0, false);
	check_round_trip(path, 1, false);
	check_round_trip(path, FILE_COPY, false);
	check_round_trip(path, FILE_COPY + 1, true);
	check_round_trip(path, 3000001, true);
	free(path);
	file_close(NULL);
}

/* A child writes to fd after a while, in two parts. */
static pid_t
write_later(const char *fifo, int fd)
{
	pid_t pid = fork();

	if (pid != 0)
		return pid;
	usleep(50000);
	if (fifo)
		fd = open(fifo, O_WRONLY);
	if (write(fd, "abc", 3) != 3)
		_exit(1);
	usleep(50000);
	_exit(write(fd, "def", 3) != 3);
}

static void
check_piped(const char *path, pid_t pid)
{
	struct file *file = file_open(path, NULL);
	int status;

	assert_non_null(file);
	assert_true(slice_is(file->bytes, "abcdef"));
	assert_false(file->mapped);
	file_close(file);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

static void
test_pipes(void **state)
{
	char *fifo = path_of(state, "fifo"), name[32];
	int ends[2], input = dup(STDIN_FILENO);
	pid_t pid;

	assert_int_equal(mkfifo(fifo, 0600), 0);
	check_piped(fifo, write_later(fifo, -1)); /* opened before there is a writer */
	for (int i = 0; i < 2; i++) {
		assert_int_equal(pipe(ends), 0);
		pid = write_later(NULL, ends[1]);
		close(ends[1]);
		if (i == 0) { /* as process substitution hands it over */
			snprintf(name, sizeof name, "/dev/fd/%d", ends[0]);
			check_piped(name, pid);
		} else {
			assert_int_equal(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
			check_piped("-", pid);
		}
		close(ends[0]);
	}
	dup2(input, STDIN_FILENO);
	close(input);
	free(fifo);
}

static void
test_save(void **state)
{
	char *path = path_of(state, "a/b/c.txt"), *link = path_of(state, "link.txt");
	char *folder = path_of(state, "a/b"), **list;
	struct diag diag = { 0 };
	struct stat status;
	size_t n;

	assert_true(file_save(path, SLICE("old"), NULL));
	assert_int_equal(chmod(path, 0640), 0);
	assert_int_equal(symlink("a/b/c.txt", link), 0);
	assert_true(file_save(link, SLICE("new"), NULL));
	assert_int_equal(lstat(link, &status), 0);
	assert_true(S_ISLNK(status.st_mode));
	assert_int_equal(stat(path, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0640);
	assert_int_equal(status.st_size, 3);
	list = file_list(folder, ".txt", &n); /* and nothing is left beside it */
	assert_int_equal(n, 1);
	assert_string_equal(list[0], path);
	free(list[0]);
	free(list);
	assert_false(file_save(folder, SLICE("x"), &diag)); /* a directory */
	assert_int_equal(diag.n, 1);
	diag_fini(&diag);
	assert_false(file_save("/proc/none/x", SLICE("x"), NULL));
	free(path);
	free(link);
	free(folder);
}

static void
test_folders(void **state)
{
	char *folder = path_of(state, "x/y/z/"), *file = path_of(state, "plain");
	char *below = path_of(state, "plain/below");
	struct diag diag = { 0 };

	assert_true(file_make_folder(folder, NULL));
	assert_true(file_make_folder(folder, NULL));
	assert_true(file_save(file, SLICE(""), NULL));
	assert_true(file_exists(file));
	assert_false(file_exists(folder));
	assert_false(file_make_folder(file, &diag));
	assert_false(file_make_folder(below, &diag));
	assert_false(file_make_folder("", &diag));
	assert_int_equal(diag.n, 3);
	diag_fini(&diag);
	free(folder);
	free(file);
	free(below);
}

static void
test_list(void **state)
{
	static const char *const names[] = { "l/b.tsv", "l/a.txt", "l/c.md", "l/.d.tsv", "l/tsv" };
	char *folder = path_of(state, "l"), *inner = path_of(state, "l/e.tsv"), **list;
	size_t n;

	assert_true(file_make_folder(inner, NULL));
	for (size_t i = 0; i < COUNT(names); i++) {
		char *path = path_of(state, names[i]);

		assert_true(file_save(path, SLICE("x"), NULL));
		free(path);
	}
	list = file_list(folder, ".tsv  .txt", &n);
	assert_int_equal(n, 2);
	assert_string_equal(strrchr(list[0], '/'), "/a.txt");
	assert_string_equal(strrchr(list[1], '/'), "/b.tsv");
	for (size_t i = 0; i < n; i++)
		free(list[i]);
	free(list);
	assert_null(file_list("/none", ".tsv", &n));
	assert_int_equal(n, 0);
	free(folder);
	free(inner);
}

static void
test_json(void **state)
{
	struct json_t *root = value_object(), *array = value_array();
	char *text = NULL;
	size_t n = 0;
	FILE *out = open_memstream(&text, &n);

	(void)state;
	value_set_text(root, "t", SLICE("\"歐\n\0x"));
	value_set_text(root, "bad", SLICE("\xFF"));
	value_set_count(root, "n", 7);
	value_set_bool(root, "b", true);
	value_add_text(array, SLICE("a"));
	value_add(array, value_object());
	value_set(root, "a", array);
	assert_true(value_print(root, out));
	fclose(out);
	assert_string_equal(text, "{\n \"t\": \"\\\"歐\\n\\u0000x\",\n \"bad\": null,\n \"n\": 7,\n"
				  " \"b\": true,\n \"a\": [\n  \"a\",\n  {}\n ]\n}\n");
	free(text);
	value_free(value_array());
}

static void
test_json_full(void **state)
{
	FILE *out = fopen("/dev/full", "w");

	(void)state;
	if (!out)
		skip();
	assert_false(value_print(value_array(), out));
	fclose(out);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refused), cmocka_unit_test(test_unreadable),
		cmocka_unit_test(test_sizes),	cmocka_unit_test(test_pipes),
		cmocka_unit_test(test_save),	cmocka_unit_test(test_folders),
		cmocka_unit_test(test_list),	cmocka_unit_test(test_json),
		cmocka_unit_test(test_json_full),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
