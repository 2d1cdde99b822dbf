#include "file/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/memory.h"

static const char *
explain(int error)
{
	switch (error) {
	case ENOENT:
		return "no such file: check the spelling";
	case EACCES:
		return "may not be read: check its permissions";
	case EISDIR:
		return "is a folder: name a file in it";
	default:
		return strerror(error);
	}
}

static bool
read_all(int fd, struct buf *out)
{
	char room[65536];
	ssize_t n;

	while ((n = read(fd, room, sizeof room)) != 0) {
		if (n < 0 && errno == EINTR)
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
take_bytes(struct file *file, int fd)
{
	struct stat status;
	struct buf bytes = { 0 };

	if (fstat(fd, &status) != 0)
		return errno;
	if (S_ISDIR(status.st_mode))
		return EISDIR;
	if (S_ISBLK(status.st_mode) || (S_ISCHR(status.st_mode) && fd != STDIN_FILENO))
		return ENODEV;
	file->modified = fd == STDIN_FILENO ? 0 : (long long)status.st_mtime;
	if (S_ISREG(status.st_mode) && status.st_size > FILE_COPY &&
	    map_bytes(file, fd, (size_t)status.st_size))
		return 0;
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
	int fd = is_input ? STDIN_FILENO : open(path, O_RDONLY | O_NOCTTY | O_CLOEXEC), error;
	struct file *file;

	if (fd < 0) {
		diag_add(diag, DIAG_ERROR, path, 0, "%s", explain(errno));
		return NULL;
	}
	file = xcalloc(1, sizeof *file);
	file->path = xstrdup(path);
	error = take_bytes(file, fd);
	if (!is_input)
		close(fd);
	if (error == 0)
		return file;
	diag_add(diag, DIAG_ERROR, path, 0, "%s",
		 error == ENODEV ? "is a device: name a regular file" : explain(error));
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

	for (char *s = copy + 1; *s; s++) {
		if (*s != '/')
			continue;
		*s = '\0';
		mkdir(copy, 0700);
		*s = '/';
	}
	mkdir(copy, 0700);
	free(copy);
	if (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
		return true;
	diag_add(diag, DIAG_WARNING, path, 0, "cannot be made: %s", strerror(errno));
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

bool
file_save(const char *path, struct slice bytes, struct diag *diag)
{
	struct buf beside = { 0 };
	const char *slash = strrchr(path, '/');
	int fd;
	bool is_good;

	if (slash && slash != path) {
		char *folder = xstrcopy((struct slice){ path, (size_t)(slash - path) });

		file_make_folder(folder, NULL);
		free(folder);
	}
	buf_printf(&beside, "%s.%ld.tmp", path, (long)getpid());
	fd = open(buf_text(&beside), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	is_good = fd >= 0 && write_all(fd, bytes) && fsync(fd) == 0;
	if (fd >= 0)
		is_good = close(fd) == 0 && is_good;
	is_good = is_good && rename(buf_text(&beside), path) == 0;
	if (!is_good) {
		diag_add(diag, DIAG_ERROR, path, 0, "cannot be written: %s", strerror(errno));
		unlink(buf_text(&beside));
	}
	buf_fini(&beside);
	return is_good;
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

		if (name.n > ending.n && name.s[0] != '.' &&
		    memcmp(name.s + name.n - ending.n, ending.s, ending.n) == 0)
			return true;
	}
	return false;
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
		if (file_exists(buf_text(&path)))
			ARRAY_ADD(list, *n, cap, buf_take(&path));
		buf_fini(&path);
	}
	if (dir)
		closedir(dir);
	if (*n)
		qsort(list, *n, sizeof *list, compare_names);
	return list;
}
