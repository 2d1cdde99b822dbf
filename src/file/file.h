/*
 * Files: opening with limits, reading, atomic writing. Says nothing about what the bytes mean.
 */
#ifndef FILE_FILE_H
#define FILE_FILE_H

#include "base/diag.h"
#include "base/slice.h"

/* Bytes of a file; immutable while open. */
struct file {
	char *path;	    /* as given; "-" is standard input */
	struct slice bytes; /* valid until file_close() */
	bool mapped;	    /* else read into memory */
	long long modified; /* seconds since 1970; 0 for standard input */
};

/*
 * Opens `path` for reading: a regular file is mapped (private, read-only), a pipe or "-" is
 * read to its end. NULL and one error in `diag` for what is missing, a directory, a device, or
 * unreadable. A file that shrinks while it is mapped would end the program with SIGBUS; files up
 * to FILE_COPY bytes are therefore copied.
 */
struct file *file_open(const char *path, struct diag *diag);
void file_close(struct file *file);

#define FILE_COPY (256u * 1024)

/*
 * Replaces `path` by `bytes` so that a crash leaves either the old or the new content:
 * written beside it, synced, renamed. Makes missing folders.
 */
bool file_save(const char *path, struct slice bytes, struct diag *diag);
/* Makes `path` and the folders above it; true when it exists afterwards. */
bool file_make_folder(const char *path, struct diag *diag);
bool file_exists(const char *path);
/*
 * Regular files in a folder whose name ends in one of the endings of `endings` (space separated,
 * with dots), sorted by name; full paths. The caller frees each and the array. A
 * folder that is missing has none.
 */
char **file_list(const char *folder, const char *endings, size_t *n);

#endif
