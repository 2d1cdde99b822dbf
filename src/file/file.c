#define _XOPEN_SOURCE 700 /* realpath */
#include "file/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/memory.h"

/* What went wrong, and what to do about it. */
static const struct {
	int error;
	const char *text;
} causes[] = {
	{ ENOENT, "no such file: check the spelling" },
	{ ENOTDIR, "no such file: a folder in its path is a file" },
	{ EACCES, "may not be read: check its permissions" },
	{ EISDIR, "is a directory: name a file in it" },
	{ ENODEV, "is a device: name a regular file" },
	{ ENXIO, "is a device: name a regular file" }, /* open() of a socket or absent device */
};

static const char *
explain(int error)
{
	for (size_t i = 0; i < sizeof causes / sizeof *causes; i++)
		if (causes[i].error == error)
			return causes[i].text;
	return strerror(error);
}

/*
 * Waits until a pipe has something, or its writers are gone. A pipe was opened without waiting
 * for a writer, and until there has been one, read() says "end" but poll() waits.
 */
static void
wait_for_writer(int fd)
{
	struct pollfd wait = { .fd = fd, .events = POLLIN };

	while (poll(&wait, 1, -1) < 0 && errno == EINTR)
		;
}

static bool
read_all(int fd, struct buf *out)
{
	char room[65536];
	ssize_t n;

	while ((n = read(fd, room, sizeof room)) != 0) {
		if (n < 0 && errno == EAGAIN)
			wait_for_writer(fd);
		if (n < 0 && (errno == EINTR || errno == EAGAIN))
			continue;
		if (n < 0)
			return false;
		buf_add(out, (struct slice){ room, (size_t)n });
	}
	return true;
}

static bool
map_bytes(struct file *file, int fd, size_t n)
{
	void *p = mmap(NULL, n, PROT_READ, MAP_PRIVATE, fd, 0);

	if (p == MAP_FAILED)
		return false;
	file->bytes = (struct slice){ p, n };
	return file->mapped = true;
}

/* Reads or maps an open file; 0 or what went wrong. */
static int
take_bytes(struct file *file, int fd, bool is_input)
{
	struct stat status;
	struct buf bytes = { 0 };

	if (fstat(fd, &status) != 0)
		return errno;
	if (S_ISDIR(status.st_mode))
		return EISDIR;
	if (S_ISBLK(status.st_mode) || (S_ISCHR(status.st_mode) && !is_input))
		return ENODEV;
	file->modified = is_input ? 0 : (long long)status.st_mtime;
	if (S_ISREG(status.st_mode) && status.st_size > FILE_COPY &&
	    lseek(fd, 0, SEEK_CUR) == 0 && map_bytes(file, fd, (size_t)status.st_size))
		return 0;
	if (S_ISFIFO(status.st_mode))
		wait_for_writer(fd);
	if (!read_all(fd, &bytes)) {
		int error = errno;

		buf_fini(&bytes);
		return error;
	}
	file->bytes.n = bytes.n;
	file->bytes.s = buf_take(&bytes);
	return 0;
}

struct file *
file_open(const char *path, struct diag *diag)
{
	bool is_input = strcmp(path, "-") == 0;
	/* O_NONBLOCK: a device must not wait or act before it is refused */
	int flags = O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC;
	int fd = is_input ? STDIN_FILENO : open(path, flags), error;
	struct file *file;

	if (fd < 0) {
		diag_add(diag, DIAG_ERROR, path, 0, "%s", explain(errno));
		return NULL;
	}
	file = xcalloc(1, sizeof *file);
	file->path = xstrdup(path);
	error = take_bytes(file, fd, is_input);
	if (!is_input)
		close(fd);
	if (error == 0)
		return file;
	diag_add(diag, DIAG_ERROR, path, 0, "%s", explain(error));
	file_close(file);
	return NULL;
}

void
file_close(struct file *file)
{
	if (!file)
		return;
	if (file->mapped)
		munmap((void *)(uintptr_t)file->bytes.s, file->bytes.n);
	else
		free((void *)(uintptr_t)file->bytes.s);
	free(file->path);
	free(file);
}

bool
file_make_folder(const char *path, struct diag *diag)
{
	char *copy = xstrdup(path);
	struct stat status;
	int error = 0;

	for (char *s = copy; *s; s++) {
		if (*s != '/' || s == copy)
			continue;
		*s = '\0';
		mkdir(copy, 0700);
		*s = '/';
	}
	if (mkdir(copy, 0700) != 0)
		error = errno;
	free(copy);
	if (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
		return true;
	diag_add(diag, DIAG_ERROR, path, 0, "cannot be made: %s", strerror(error));
	return false;
}

static bool
write_all(int fd, struct slice bytes)
{
	while (bytes.n) {
		ssize_t n = write(fd, bytes.s, bytes.n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		bytes = slice_from(bytes, (size_t)n);
	}
	return true;
}

/* The folder that path lies in; the caller frees. */
static char *
parent_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return xstrdup(".");
	return xstrcopy((struct slice){ path, slash == path ? 1 : (size_t)(slash - path) });
}

/* Writes a new file beside the old one and puts it in its place; 0 or what went wrong. */
static int
replace(const char *path, char *beside, struct slice bytes)
{
	struct stat old;
	int fd = mkstemp(beside), error = 0;

	if (fd < 0)
		return errno;
	if (!write_all(fd, bytes) || fsync(fd) != 0)
		error = errno;
	/* the new file is for its owner only, as mkstemp() makes it; an old one keeps its mode */
	if (!error && stat(path, &old) == 0 && fchmod(fd, old.st_mode & 0777) != 0)
		error = errno;
	if (close(fd) != 0 && !error)
		error = errno;
	if (!error && rename(beside, path) != 0)
		error = errno;
	if (error)
		unlink(beside);
	return error;
}

/* The new name is on the disk only when its folder is; not every system can, so no error. */
static void
sync_folder(const char *folder)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return;
	fsync(fd);
	close(fd);
}

bool
file_save(const char *path, struct slice bytes, struct diag *diag)
{
	char *real = realpath(path, NULL); /* a symbolic link stays one */
	const char *target = real ? real : path;
	char *folder = parent_of(target);
	struct buf beside = { 0 };
	int error;

	file_make_folder(folder, NULL);
	buf_printf(&beside, "%s.XXXXXX", target);
	error = replace(target, beside.s, bytes);
	if (error)
		diag_add(diag, DIAG_ERROR, path, 0, "cannot be written: %s", strerror(error));
	else
		sync_folder(folder);
	buf_fini(&beside);
	free(folder);
	free(real);
	return error == 0;
}

bool
file_exists(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && !S_ISDIR(status.st_mode);
}

static bool
has_ending(struct slice name, const char *endings)
{
	struct slice rest = slice_of(endings);

	while (rest.s) {
		struct slice ending = slice_cut(&rest, ' ');

		if (ending.n && name.n > ending.n && name.s[0] != '.' &&
		    memcmp(name.s + name.n - ending.n, ending.s, ending.n) == 0)
			return true;
	}
	return false;
}

static bool
is_regular(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

static int
compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

char **
file_list(const char *folder, const char *endings, size_t *n)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;
	char **list = NULL;
	size_t cap = 0;

	*n = 0;
	while (dir && (entry = readdir(dir))) {
		struct buf path = { 0 };

		if (!has_ending(slice_of(entry->d_name), endings))
			continue;
		buf_printf(&path, "%s/%s", folder, entry->d_name);
		if (is_regular(buf_text(&path)))
			ARRAY_ADD(list, *n, cap, buf_take(&path));
		buf_fini(&path);
	}
	if (dir)
		closedir(dir);
	if (*n)
		qsort(list, *n, sizeof *list, compare_names);
	return list;
}
