/*
 * What must not be lost: positions, marks, corrections, per article; in one SQLite database. WAL
 * where shared memory works, a rollback journal where it does not (NFS). Every change is one
 * transaction, so a kill at any instant loses nothing that was answered. Several
 * instances may use it at once (busy timeout).
 */
#ifndef STUDY_STORE_H
#define STUDY_STORE_H

#include "base/diag.h"
#include "base/slice.h"

struct store;

/*
 * Opens (and makes) the database at `path`. When it cannot be opened, written, or is of a newer schema, a
 * warning in diag and NULL; every other function takes NULL and then does nothing.
 */
struct store *store_open(const char *path, struct diag *diag);
void store_close(struct store *store);

/* A place that survives small changes of file or importer: the offset and the text there. */
struct place {
	size_t off;
	char *snippet; /* up to 48 bytes of text at off, whole characters; "" none */
};
void place_fini(struct place *place);
/* Where the place is in `text` now: off if the snippet still stands there, else its nearest
 * occurrence to off, else off clipped to the text. */
size_t place_find(const struct place *place, struct slice text);
struct place place_make(struct slice text, size_t off);

/*
 * An article is known by its absolute path. Returns its id (made if need be), or 0.
 */
long long store_article(struct store *store, const char *path, struct slice title);

bool store_load_position(struct store *store, long long article, struct place *place);
void store_save_position(struct store *store, long long article, const struct place *place);

/* Marks: one lower- or upper-case letter each. */
bool store_load_mark(struct store *store, long long article, char name, struct place *place);
void store_save_mark(struct store *store, long long article, char name, const struct place *place);

/* Corrections of headings; level 0 = body. */
struct stored_correction {
	struct place place;
	int level;
};
struct stored_correction *store_load_corrections(struct store *store, long long article,
						 size_t *n);
void store_save_correction(struct store *store, long long article, const struct place *place,
			   int level);

/* Settings of one article: "encoding". Empty value = none. The caller frees. */
char *store_load_setting(struct store *store, long long article, const char *name);
void store_save_setting(struct store *store, long long article, const char *name,
			const char *value);

/* The articles read last, newest first; the caller frees with recent_fini(). */
struct recent {
	char *path, *title;
};
struct recent *store_recent(struct store *store, size_t max, size_t *n);
void recent_fini(struct recent *recent, size_t n);

#endif
