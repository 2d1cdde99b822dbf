#include "study/store.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <time.h>

#include "base/memory.h"
#include "file/file.h"
#include "text/utf8.h"

#define SNIPPET 48

struct store {
	sqlite3 *db;
};

/* Each step brings the schema from its index to the next version. */
static const char *const migrations[] = {
	"CREATE TABLE article(id INTEGER PRIMARY KEY, path TEXT UNIQUE NOT NULL, title TEXT,"
	" opened INTEGER, off INTEGER, snippet BLOB);"
	"CREATE TABLE mark(article INTEGER, name TEXT, off INTEGER, snippet BLOB,"
	" PRIMARY KEY(article, name));"
	"CREATE TABLE correction(article INTEGER, off INTEGER, snippet BLOB, level INTEGER,"
	" PRIMARY KEY(article, off));"
	"CREATE TABLE setting(article INTEGER, name TEXT, value TEXT, PRIMARY KEY(article, name));",
};
#define VERSION_NOW ((int)(sizeof migrations / sizeof *migrations))

static int
schema_version(sqlite3 *db)
{
	sqlite3_stmt *s = NULL;
	int version = -1;

	if (sqlite3_prepare_v2(db, "PRAGMA user_version", -1, &s, NULL) == SQLITE_OK &&
	    sqlite3_step(s) == SQLITE_ROW)
		version = sqlite3_column_int(s, 0);
	sqlite3_finalize(s);
	return version;
}

static bool
execute(sqlite3 *db, const char *sql)
{
	return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK;
}

/*
 * Under the write lock: two instances may begin at once. The version is written even when it stands
 * there already: only a write tells whether the file can be written.
 */
static bool
migrate(sqlite3 *db)
{
	int version;
	char pragma[64];

	if (!execute(db, "BEGIN IMMEDIATE"))
		return false;
	version = schema_version(db);
	while (version >= 0 && version < VERSION_NOW && execute(db, migrations[version]))
		version++;
	sqlite3_snprintf(sizeof pragma, pragma, "PRAGMA user_version = %d", version);
	/* when it fails, sqlite3_close() rolls back; before that its message is wanted */
	return version == VERSION_NOW && execute(db, pragma) && execute(db, "COMMIT");
}

/* SQLite opens a damaged file gladly and fails at the page that it needs; we want to know now. */
static bool
is_sound(sqlite3 *db)
{
	sqlite3_stmt *s = NULL;
	int answer = sqlite3_prepare_v2(db, "PRAGMA quick_check(1)", -1, &s, NULL);
	bool is_ok;

	if (answer == SQLITE_OK)
		answer = sqlite3_step(s);
	if (answer == SQLITE_ROW)
		is_ok = slice_is(slice_of((const char *)sqlite3_column_text(s, 0)), "ok");
	else /* busy is not damaged */
		is_ok = answer != SQLITE_CORRUPT && answer != SQLITE_NOTADB;
	sqlite3_finalize(s);
	return is_ok;
}

/* Errors show at the first use; NULL, for want of memory, fails there too. */
static sqlite3 *
open_file(const char *path)
{
	sqlite3 *db = NULL;

	sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
	if (db)
		sqlite3_busy_timeout(db, 2000);
	return db;
}

/*
 * A file in WAL mode whose shared memory fails cannot be opened at all. With a lock of its own
 * SQLite does without, and can turn it into one with a rollback journal, which is as safe.
 */
static sqlite3 *
open_without_wal(const char *path)
{
	sqlite3 *db = open_file(path);

	execute(db, "PRAGMA locking_mode = EXCLUSIVE");
	execute(db, "PRAGMA journal_mode = DELETE");
	sqlite3_close(db);
	return open_file(path);
}

/* What SQLite answers to the first write when the shared memory of a WAL fails. */
static bool
is_wal_failure(sqlite3 *db)
{
	static const int code[] = { SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_IOERR,
				    SQLITE_PROTOCOL };

	if (execute(db, "BEGIN IMMEDIATE")) {
		execute(db, "ROLLBACK");
		return false;
	}
	for (size_t i = 0; i < sizeof code / sizeof *code; i++)
		if (sqlite3_errcode(db) == code[i])
			return true;
	return false;
}

static sqlite3 *
open_database(const char *path)
{
	sqlite3 *db = open_file(path);

	/* chosen when the file is made: changing it later would fail another instance's save */
	if (schema_version(db) == 0)
		execute(db, "PRAGMA journal_mode = WAL");
	if (is_wal_failure(db)) {
		sqlite3_close(db);
		db = open_without_wal(path);
	}
	/* enough against a kill; only a power cut can take back the last saves */
	execute(db, "PRAGMA synchronous = NORMAL");
	return db;
}

static bool
make_folder_of(const char *path, struct diag *diag)
{
	const char *slash = strrchr(path, '/');
	struct diag why = { 0 };
	bool is_there;
	char *folder;

	if (!slash || slash == path)
		return true;
	folder = xstrcopy((struct slice){ path, (size_t)(slash - path) });
	is_there = file_make_folder(folder, &why);
	if (!is_there)
		diag_add(diag, DIAG_WARNING, folder, 0, "%s; the place will not be remembered",
			 why.n ? why.message[0].text : "cannot be made");
	diag_fini(&why);
	free(folder);
	return is_there;
}

struct store *
store_open(const char *path, struct diag *diag)
{
	struct store *store;
	sqlite3 *db;

	if (!make_folder_of(path, diag))
		return NULL;
	db = open_database(path);
	if (schema_version(db) > VERSION_NOW) {
		diag_add(diag, DIAG_WARNING, path, 0,
			 "is of a newer duizhao: the place will not be remembered");
	} else if (!migrate(db)) {
		diag_add(diag, DIAG_WARNING, path, 0,
			 "cannot be used (%s): the place will not be remembered; move the file "
			 "away if it is damaged",
			 sqlite3_errmsg(db));
	} else if (!is_sound(db)) {
		diag_add(diag, DIAG_WARNING, path, 0,
			 "is damaged: the place will not be remembered; move the file away and a "
			 "new one is made");
	} else {
		store = xcalloc(1, sizeof *store);
		store->db = db;
		return store;
	}
	sqlite3_close(db);
	return NULL;
}

void
store_close(struct store *store)
{
	if (!store)
		return;
	sqlite3_close(store->db);
	free(store);
}

void
place_fini(struct place *place)
{
	free(place->snippet);
	*place = (struct place){ 0 };
}

struct place
place_make(struct slice text, size_t off)
{
	struct slice at = slice_sub(text, (struct range){ off, off + SNIPPET });

	while (at.n && off + at.n < text.n && ((unsigned char)text.s[off + at.n] & 0xC0) == 0x80)
		at.n--;
	return (struct place){ off, xstrcopy(at) };
}

/* The offset, or the end of a shorter text; never inside a character. */
static size_t
clip(struct slice text, size_t off)
{
	if (off >= text.n)
		return text.n;
	for (int i = 0; i < 3 && off > 0 && ((unsigned char)text.s[off] & 0xC0) == 0x80; i++)
		off--;
	return off;
}

size_t
place_find(const struct place *place, struct slice text)
{
	struct slice snippet = slice_of(place->snippet);
	size_t best = NOWHERE, from;

	if (snippet.n == 0)
		return clip(text, place->off);
	if (place->off <= text.n && slice_begins(slice_from(text, place->off), snippet))
		return place->off;
	for (from = 0; (from = slice_find(text, snippet, from)) != NOWHERE; from++) {
		size_t far = from > place->off ? from - place->off : place->off - from;
		size_t best_far = best == NOWHERE ? NOWHERE :
				  best > place->off ? best - place->off : place->off - best;

		if (far < best_far)
			best = from;
		if (from > place->off)
			break;
	}
	return best != NOWHERE ? best : clip(text, place->off);
}

/* NULL also for article 0, which is none: nothing is kept for it. */
static sqlite3_stmt *
prepare(struct store *store, const char *sql, long long article)
{
	sqlite3_stmt *s = NULL;

	if (store && article && sqlite3_prepare_v2(store->db, sql, -1, &s, NULL) == SQLITE_OK)
		sqlite3_bind_int64(s, 1, article);
	return s;
}

/* Runs a statement that answers nothing; each is a transaction of its own. */
static void
run(sqlite3_stmt *s)
{
	if (s)
		sqlite3_step(s);
	sqlite3_finalize(s);
}

static void
bind_place(sqlite3_stmt *s, int at, const struct place *place)
{
	if (!s)
		return;
	sqlite3_bind_int64(s, at, (sqlite3_int64)place->off);
	sqlite3_bind_blob(s, at + 1, place->snippet ? place->snippet : "",
			  (int)slice_of(place->snippet).n, SQLITE_TRANSIENT);
}

static struct place
read_place(sqlite3_stmt *s, int at)
{
	const void *snippet = sqlite3_column_blob(s, at + 1);
	long long off = sqlite3_column_int64(s, at);

	return (struct place){ off > 0 ? (size_t)off : 0,
			       xstrcopy((struct slice){ snippet ? snippet : "",
							(size_t)sqlite3_column_bytes(s, at + 1) }) };
}

/* The first row's place in columns 0 and 1. */
static bool
load_place(sqlite3_stmt *s, struct place *place)
{
	bool is_there = s && sqlite3_step(s) == SQLITE_ROW && sqlite3_column_type(s, 0) != SQLITE_NULL;

	if (is_there)
		*place = read_place(s, 0);
	sqlite3_finalize(s);
	return is_there;
}

long long
store_article(struct store *store, const char *path, struct slice title)
{
	sqlite3_stmt *s = prepare(store,
		/* later than all others, also within one second or after the clock went back */
		"INSERT INTO article(opened, path, title) VALUES("
		"(SELECT max(?1, coalesce(max(opened), 0) + 1) FROM article), ?2, ?3)"
		" ON CONFLICT(path) DO UPDATE SET opened = excluded.opened, title = ?3 RETURNING id",
		(long long)time(NULL));
	long long id = 0;

	if (!s)
		return 0;
	sqlite3_bind_text(s, 2, path, -1, SQLITE_TRANSIENT);
	sqlite3_bind_text(s, 3, title.s, (int)title.n, SQLITE_TRANSIENT);
	while (sqlite3_step(s) == SQLITE_ROW) /* to the end: only then is it written */
		id = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	return id;
}

bool
store_load_position(struct store *store, long long article, struct place *place)
{
	return load_place(prepare(store, "SELECT off, snippet FROM article WHERE id = ?1", article), place);
}

void
store_save_position(struct store *store, long long article, const struct place *place)
{
	sqlite3_stmt *s = prepare(store, "UPDATE article SET off = ?2, snippet = ?3 WHERE id = ?1",
				  article);

	bind_place(s, 2, place);
	run(s);
}

bool
store_load_mark(struct store *store, long long article, char name, struct place *place)
{
	sqlite3_stmt *s = prepare(store, "SELECT off, snippet FROM mark WHERE article = ?1 AND name = ?2",
				  article);

	if (s)
		sqlite3_bind_text(s, 2, &name, 1, SQLITE_TRANSIENT);
	return load_place(s, place);
}

void
store_save_mark(struct store *store, long long article, char name, const struct place *place)
{
	sqlite3_stmt *s = prepare(store, "INSERT OR REPLACE INTO mark VALUES(?1, ?2, ?3, ?4)", article);

	if (s)
		sqlite3_bind_text(s, 2, &name, 1, SQLITE_TRANSIENT);
	bind_place(s, 3, place);
	run(s);
}

struct stored_correction *
store_load_corrections(struct store *store, long long article, size_t *n)
{
	sqlite3_stmt *s = prepare(store, "SELECT off, snippet, level FROM correction WHERE article = ?1",
				  article);
	struct stored_correction *list = NULL;
	size_t cap = 0;

	*n = 0;
	while (s && sqlite3_step(s) == SQLITE_ROW)
		ARRAY_ADD(list, *n, cap,
			  (struct stored_correction){ read_place(s, 0), sqlite3_column_int(s, 2) });
	sqlite3_finalize(s);
	return list;
}

void
store_save_correction(struct store *store, long long article, const struct place *place, int level)
{
	sqlite3_stmt *s = prepare(store, "INSERT OR REPLACE INTO correction VALUES(?1, ?2, ?3, ?4)",
				  article);

	bind_place(s, 2, place);
	if (s)
		sqlite3_bind_int(s, 4, level);
	run(s);
}

char *
store_load_setting(struct store *store, long long article, const char *name)
{
	sqlite3_stmt *s = prepare(store, "SELECT value FROM setting WHERE article = ?1 AND name = ?2",
				  article);
	char *value = NULL;

	if (s)
		sqlite3_bind_text(s, 2, name, -1, SQLITE_TRANSIENT);
	if (s && sqlite3_step(s) == SQLITE_ROW && sqlite3_column_bytes(s, 0) > 0)
		value = xstrdup((const char *)sqlite3_column_text(s, 0));
	sqlite3_finalize(s);
	return value;
}

void
store_save_setting(struct store *store, long long article, const char *name, const char *value)
{
	sqlite3_stmt *s = prepare(store, "INSERT OR REPLACE INTO setting VALUES(?1, ?2, ?3)", article);

	if (s) {
		sqlite3_bind_text(s, 2, name, -1, SQLITE_TRANSIENT);
		sqlite3_bind_text(s, 3, value, -1, SQLITE_TRANSIENT);
	}
	run(s);
}

struct recent *
store_recent(struct store *store, size_t max, size_t *n)
{
	sqlite3_stmt *s = prepare(store, "SELECT path, title FROM article ORDER BY opened DESC LIMIT ?1",
				  (long long)max);
	struct recent *list = NULL;
	size_t cap = 0;

	*n = 0;
	while (s && sqlite3_step(s) == SQLITE_ROW) {
		const char *title = (const char *)sqlite3_column_text(s, 1);

		ARRAY_ADD(list, *n, cap,
			  (struct recent){ xstrdup((const char *)sqlite3_column_text(s, 0)),
					   xstrdup(title ? title : "") });
	}
	sqlite3_finalize(s);
	return list;
}

void
recent_fini(struct recent *recent, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		free(recent[i].path);
		free(recent[i].title);
	}
	free(recent);
}
