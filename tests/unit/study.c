/* study/: the index, search, and what survives in the store. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <locale.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <cmocka.h>

#include "file/file.h"
#include "study/store.h"
#include "study/study.h"
#include "text/fold.h"

static size_t
piece_start(const struct document *doc, size_t piece)
{
	return piece ? doc->text.n : 0;
}

static void
piece_build(const struct document *doc, size_t index, struct piece *piece)
{
	(void)index;
	piece_add_block(piece, (struct block){ .at = { 0, doc->text.n } });
}

static struct document *
make_document(const char *text)
{
	struct document *doc = document_new();

	doc->text = slice_of(text);
	doc->npiece = 1;
	doc->piece = xcalloc(1, sizeof(struct piece *));
	doc->piece_start = piece_start;
	doc->piece_build = piece_build;
	return doc;
}

static struct lexicon *
make_lexicon(const char *text)
{
	char path[64];
	struct lexicon_source source = { path, false };
	struct lexicon *lexicon;

	snprintf(path, sizeof path, "/tmp/duizhao-study-%ld.tsv", (long)getpid());
	assert_true(file_save(path, slice_of(text), NULL));
	lexicon = lexicon_open(&source, 1, NULL);
	unlink(path);
	return lexicon;
}

static const char glossary[] = "重複\trepetition\t\t重复\tchóngfù\n長期\tlong-term\t\t长期\tchángqī\n"
			       "戰略自主\tstrategic autonomy\t\t战略自主\tzhànlüè zìzhǔ\n戰略\tstrategy\t\t战略\tzhànlüè\n";

static void
check_index(const char *text, const char *expected)
{
	struct document *doc = make_document(text);
	struct lexicon *lexicon = make_lexicon(glossary);
	struct study *study = study_new(doc, lexicon, NULL, NULL);
	struct buf got = { 0 };
	size_t n;
	uint32_t *order = study_order(study, lexicon, INDEX_PINYIN, SLICE(""), &n);

	for (size_t i = 0; i < n; i++) {
		const struct keyword *k = &study->keyword[order[i]];

		buf_printf(&got, "%.*s %u;", (int)lexicon->term[k->term].pinyin.n,
			   lexicon->term[k->term].pinyin.s, k->n);
		for (size_t j = 0; j < k->n; j++) {
			const struct hit *hit = study_occurrence(study, k, j);
			struct slice form = slice_sub(doc->text, (struct range){ hit->start,
								hit->start + hit->length });

			assert_int_equal(lexicon_best(lexicon, lexicon_find_key(lexicon, form)), k->term);
		}
	}
	assert_string_equal(buf_text(&got), expected);
	buf_fini(&got);
	free(order);
	study_free(study);
	lexicon_free(lexicon);
	document_free(doc);
}

static void
test_index(void **state)
{
	static const char expected[] = "chángqī 1;chóngfù 2;zhànlüè 2;zhànlüè zìzhǔ 1;";

	(void)state;
	check_index("重複的戰略，長期的戰略自主，重複。", expected);
	check_index("重复的战略，长期的战略自主，重复。", expected); /* its script twin */
	check_index("", "");
}

/* Names of the keywords in this order, those that match the filter. */
static void
check_order(const char *text, enum index_order order, const char *filter, const char *expected)
{
	struct document *doc = make_document(text);
	struct lexicon *lexicon = make_lexicon(glossary);
	struct study *study = study_new(doc, lexicon, NULL, NULL);
	struct buf got = { 0 };
	size_t n;
	uint32_t *list = study_order(study, lexicon, order, slice_of(filter), &n);

	for (size_t i = 0; i < n; i++) {
		const struct slice name = lexicon->term[study->keyword[list[i]].term].headword;

		buf_printf(&got, "%.*s;", (int)name.n, name.s);
	}
	assert_string_equal(buf_text(&got), expected);
	buf_fini(&got);
	free(list);
	study_free(study);
	lexicon_free(lexicon);
	document_free(doc);
}

static void
test_orders(void **state)
{
	static const char text[] = "戰略重複戰略，長期重複戰略。戰略自主";
	static const struct { enum index_order order; const char *filter, *expected; } table[] = {
		{ INDEX_PINYIN, "", "長期;重複;戰略;戰略自主;" },
		{ INDEX_ENGLISH, "", "長期;重複;戰略自主;戰略;" },
		{ INDEX_FREQUENCY, "", "戰略;重複;長期;戰略自主;" },
		{ INDEX_PLACE, "", "戰略;重複;長期;戰略自主;" },
		{ INDEX_STROKE, "", "長期;重複;戰略;戰略自主;" },
		{ INDEX_PINYIN, "战略", "戰略;戰略自主;" },
		{ INDEX_PINYIN, "戰略", "戰略;戰略自主;" },
		{ INDEX_PINYIN, "zizhu", "戰略自主;" },
		{ INDEX_PINYIN, "cháng", "長期;" },
		{ INDEX_PINYIN, "zhan4", "戰略;戰略自主;" },
		{ INDEX_PINYIN, "Auto", "戰略自主;" },
		{ INDEX_PINYIN, "歐洲", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct buf twin = { 0 };

		text_fold_add(&twin, slice_of(text));
		check_order(text, table[i].order, table[i].filter, table[i].expected);
		check_order(buf_text(&twin), table[i].order, table[i].filter, table[i].expected);
		buf_fini(&twin);
	}
	for (int i = 0; i < INDEX_ORDERS; i++)
		assert_non_null(index_order_name((enum index_order)i));
}

static bool
stop_early(void *data, size_t done)
{
	*(size_t *)data = done;
	return false;
}

static void
test_long_text(void **state)
{
	struct lexicon *lexicon = make_lexicon(glossary);
	struct buf text = { 0 };
	struct document *doc;
	struct study *study;
	const struct keyword *keyword;
	uint32_t count[8];
	size_t used, done = 0, lines = 0;

	(void)state;
	for (; text.n < 3u << 20; lines++)
		buf_add_text(&text, "我們談到的是戰略自主。\n");
	doc = make_document(buf_text(&text));
	study = study_new(doc, lexicon, NULL, NULL);
	keyword = study_find_keyword(study, lexicon_best(lexicon, lexicon_find_key(lexicon, SLICE("战略自主"))));
	assert_int_equal(keyword->n, lines);
	for (size_t i = 0; i < lines; i++)
		assert_int_equal(study_occurrence(study, keyword, i)->start, i * 34 + 18);
	assert_int_equal(study_next_occurrence(study, keyword, 19), 1);
	assert_int_equal(study_next_occurrence(study, keyword, 18), 0);
	assert_int_equal(study_next_occurrence(study, keyword, text.n), lines);
	assert_int_equal(study_find_hit(study, 0), 0);
	assert_int_equal(study_find_hit(study, text.n), study->nhit);
	study_spread(study, doc, keyword, count, 8, &used);
	assert_int_equal(used, 8);
	for (size_t i = 0; i < 8; i++)
		assert_in_range(count[i], lines / 8 - 1, lines / 8 + 1);
	assert_null(study_find_keyword(study, lexicon_best(lexicon, lexicon_find_key(lexicon, SLICE("長期")))));
	study_free(study);
	assert_null(study_new(doc, lexicon, stop_early, &done));
	assert_in_range(done, 1u << 20, 2u << 20);
	document_free(doc);
	lexicon_free(lexicon);
	buf_fini(&text);
}

static void
test_spread_sections(void **state)
{
	struct document *doc = make_document("一\n戰略\n二\n戰略戰略\n三\n");
	const struct heading heading[] = { { { 0, 3 }, 1, 1 }, { { 11, 14 }, 3, 1 }, { { 28, 31 }, 5, 1 } };
	struct lexicon *lexicon = make_lexicon(glossary);
	struct study *study = study_new(doc, lexicon, NULL, NULL);
	uint32_t count[4];
	size_t used;

	(void)state;
	document_set_sections(doc, heading, 3);
	study_spread(study, doc, &study->keyword[0], count, 4, &used);
	assert_int_equal(used, 3);
	assert_int_equal(count[0], 1);
	assert_int_equal(count[1], 2);
	assert_int_equal(count[2], 0);
	study_free(study);
	lexicon_free(lexicon);
	document_free(doc);
}

/* Two paragraphs, each a block; the hit is 戰略 in the second. */
static void
build_two(const struct document *doc, size_t index, struct piece *piece)
{
	size_t end = slice_find(doc->text, SLICE("\n"), 0);

	(void)index;
	piece_add_block(piece, (struct block){ .at = { 0, end } });
	piece_add_block(piece, (struct block){ .at = { end + 1, doc->text.n } });
}

static void
test_context(void **state)
{
	static const struct { const char *text; size_t cols; const char *before, *after; } table[] = {
		{ "上一段\n的戰略自主", 40, "的", "自主" },
		{ "上一段\n這是的戰略自主", 8, "的", "自" },
		{ "上一段\n這是的戰略自主", 9, "的", "自" },
		{ "上一段\n這是的戰略自主", 2, "", "" },
		{ "段\ne\xCC\x81" "e\xCC\x81戰略e\xCC\x81" "e", 6, "e\xCC\x81", "e\xCC\x81" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct document *doc = make_document(table[i].text);
		size_t at = slice_find(doc->text, SLICE("戰略"), 0);
		struct context context;

		doc->piece_build = build_two;
		context = study_context(doc, (struct range){ at, at + 6 }, table[i].cols);
		assert_true(slice_is(slice_sub(doc->text, context.before), table[i].before));
		assert_true(slice_is(slice_sub(doc->text, context.hit), "戰略"));
		assert_true(slice_is(slice_sub(doc->text, context.after), table[i].after));
		document_free(doc);
	}
}

static void
test_search(void **state)
{
	static const struct { const char *text, *query; size_t n; } table[] = {
		{ "歐洲與欧洲，ＡＩ与ai", "欧洲", 2 }, { "ＡＩ与ai、Ai", "AI", 3 },
		{ "人工\n智能", "人工智能", 1 },	 { "人工\n　　智能", "人工智能", 1 },
		{ "人工\n\n智能", "人工智能", 0 },	 { "big\nword", "big word", 1 },
		{ "啊啊啊", "啊啊", 1 },		 { "text", "", 0 },
		{ "bigword", "big word", 0 },	 { "big \n\tword", "big word", 1 },
		{ "歐洲", "　欧洲 　", 1 },		 { "人工\n　\n智能", "人工智能", 0 },
		{ "人工\r\n智能", "人工智能", 1 },	 { "國国囯", "国", 2 + 1 },
		{ "歐", "歐洲", 0 },			 { "歐洲\xFF歐\xE6", "欧", 2 },
		{ "a\nb\nc", "abc", 1 },		 { "text", " 　", 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct found found = { 0 };

		search_literal(slice_of(table[i].text), (struct range){ 0, strlen(table[i].text) },
			       slice_of(table[i].query), &found);
		assert_int_equal(found.n, table[i].n);
		found_fini(&found);
	}
}

static void
test_search_terms(void **state)
{
	struct document *doc = make_document("長期的戰略自主");
	struct lexicon *lexicon = make_lexicon(glossary);
	struct study *study = study_new(doc, lexicon, NULL, NULL);
	struct found found = { 0 };

	(void)state;
	search_all(doc, study, lexicon, SLICE("zizhu"), &found);
	assert_int_equal(found.n, 1);
	assert_int_equal(found.kind, SEARCH_PINYIN);
	found_fini(&found);
	search_all(doc, study, lexicon, SLICE("~long"), &found);
	assert_int_equal(found.n, 1);
	assert_int_equal(found.kind, SEARCH_ENGLISH);
	found_fini(&found);
	search_all(doc, study, lexicon, SLICE(" ~ zhanlüe"), &found);
	assert_int_equal(found.n, 2); /* the word and the part of a longer one: both stand there */
	assert_int_equal(found.kind, SEARCH_PINYIN);
	found_fini(&found);
	search_all(doc, study, lexicon, SLICE("战略"), &found);
	assert_int_equal(found.n, 1);
	assert_int_equal(found.kind, SEARCH_LITERAL);
	found_fini(&found);
	search_all(doc, NULL, lexicon, SLICE("zizhu"), &found); /* not ready: literal only */
	assert_int_equal(found.n, 0);
	search_all(doc, study, lexicon, SLICE("~"), &found);
	assert_int_equal(found.n, 0);
	found_fini(&found);
	study_free(study);
	lexicon_free(lexicon);
	document_free(doc);
}

/* A folder for the stores of a test; the caller removes it with clear(). */
static void
make_path(char path[80])
{
	snprintf(path, 80, "/tmp/duizhao-store-XXXXXX");
	assert_non_null(mkdtemp(path));
	strcat(path, "/state.db");
}

static void
clear(const char *path)
{
	static const char *const ending[] = { "", "-wal", "-shm", "-journal" };
	char *folder = xstrcopy((struct slice){ path, (size_t)(strrchr(path, '/') - path) });

	for (size_t i = 0; i < 4; i++) {
		struct buf file = { 0 };

		buf_printf(&file, "%s%s", path, ending[i]);
		remove(buf_text(&file));
		buf_fini(&file);
	}
	assert_int_equal(rmdir(folder), 0);
	free(folder);
}

static void
test_store(void **state)
{
	char path[80];
	struct store *store, *other;
	struct place place = place_make(SLICE("歐洲的監管"), 6), back = { 0 };
	struct stored_correction *corrections;
	struct recent *recent;
	char *value;
	long long id;
	size_t n;

	(void)state;
	make_path(path);
	store = store_open(path, NULL);
	other = store_open(path, NULL); /* two at once */
	assert_non_null(store);
	assert_non_null(other);
	id = store_article(store, "/a.txt", SLICE("標題"));
	assert_int_equal(store_article(other, "/a.txt", SLICE("標題")), id);
	assert_false(store_load_position(other, id, &back));
	store_save_position(store, id, &place);
	assert_true(store_load_position(other, id, &back));
	assert_int_equal(back.off, 6);
	assert_string_equal(back.snippet, "的監管");
	place_fini(&back);
	store_save_mark(store, id, 'a', &place);
	store_save_mark(store, 0, 'b', &place); /* no article: kept for nobody */
	store_save_correction(other, id, &place, 2);
	store_save_correction(other, id, &place, 0);
	store_save_setting(other, id, "encoding", "Big5");
	store_save_setting(other, id, "other", "");
	assert_true(store_article(store, "/b.txt", SLICE("")) > 0);
	assert_int_equal(store_article(store, "/a.txt", SLICE("標題")), id);
	store_close(other);
	store_close(store);

	store = store_open(path, NULL); /* all of it is there again */
	assert_true(store_load_mark(store, id, 'a', &back));
	assert_string_equal(back.snippet, "的監管");
	place_fini(&back);
	assert_false(store_load_mark(store, id, 'b', &back));
	assert_false(store_load_mark(store, 0, 'b', &back));
	corrections = store_load_corrections(store, id, &n);
	assert_int_equal(n, 1);
	assert_int_equal(corrections[0].level, 0);
	assert_int_equal(corrections[0].place.off, 6);
	place_fini(&corrections[0].place);
	free(corrections);
	value = store_load_setting(store, id, "encoding");
	assert_string_equal(value, "Big5");
	free(value);
	assert_null(store_load_setting(store, id, "other"));
	recent = store_recent(store, 5, &n);
	assert_int_equal(n, 2);
	assert_string_equal(recent[0].path, "/a.txt"); /* read last, though in the same second */
	assert_string_equal(recent[0].title, "標題");
	assert_string_equal(recent[1].title, "");
	recent_fini(recent, n);
	store_close(store);
	place_fini(&place);
	clear(path);
}

static void
test_place(void **state)
{
	struct slice text = SLICE("歐洲的監管");
	struct place place = place_make(text, 6);

	(void)state;
	assert_int_equal(place_find(&place, text), 6);
	assert_int_equal(place_find(&place, SLICE("新的一行\n歐洲的監管")), 19);
	assert_int_equal(place_find(&place, SLICE("的監管，的監管，的監管")), 12 - 12);
	assert_int_equal(place_find(&place, SLICE("的")), 3);
	place.off = 5;
	assert_int_equal(place_find(&place, SLICE("全部都是新文")), 3); /* no half character */
	place_fini(&place);
	place = (struct place){ 100, NULL };
	assert_int_equal(place_find(&place, text), text.n);
	place = place_make(SLICE("一二三四五六七八九十一二三四五六七"), 1 * 3);
	assert_int_equal(strlen(place.snippet), 48);
	place_fini(&place);
}

/* Saves 1, 2, ... and answers each through the pipe; is killed meanwhile. */
static _Noreturn void
save_for_ever(const char *path, long long id, int answer)
{
	struct store *store = store_open(path, NULL);

	for (size_t i = 1;; i++) {
		char snippet[] = "x";
		struct place place = { i, snippet };

		store_save_position(store, id, &place);
		if (write(answer, &i, sizeof i) != (ssize_t)sizeof i)
			_exit(1);
	}
}

static void
test_kill(void **state)
{
	char path[80];
	struct store *store;
	long long id;

	(void)state;
	make_path(path);
	store = store_open(path, NULL);
	id = store_article(store, "/a.txt", SLICE(""));
	store_close(store);
	for (long round = 0; round < 10; round++) {
		struct place back = { 0 };
		size_t answered = 0, next;
		int ends[2];
		pid_t child;

		assert_int_equal(pipe(ends), 0);
		child = fork();
		if (child == 0)
			save_for_ever(path, id, ends[1]);
		close(ends[1]);
		assert_int_equal(read(ends[0], &answered, sizeof answered), sizeof answered);
		nanosleep(&(struct timespec){ .tv_nsec = 1000000 + round * 1700000 }, NULL);
		kill(child, SIGKILL);
		waitpid(child, NULL, 0);
		while (read(ends[0], &next, sizeof next) == (ssize_t)sizeof next)
			answered = next;
		close(ends[0]);
		store = store_open(path, NULL);
		assert_non_null(store);
		assert_true(store_load_position(store, id, &back));
		assert_in_range(back.off, answered, answered + 1); /* one may be saved unanswered */
		place_fini(&back);
		store_close(store);
	}
	clear(path);
}

/* Opens what cannot be used: NULL, and one warning with the path. */
static void
check_refused(const char *path, const char *says)
{
	struct diag diag = { 0 };

	assert_null(store_open(path, &diag));
	assert_int_equal(diag.n, 1);
	assert_int_equal(diag.message[0].level, DIAG_WARNING);
	assert_true(slice_begins(slice_of(path), slice_of(diag.message[0].path)));
	assert_non_null(strstr(diag.message[0].text, says));
	diag_fini(&diag);
}

static void
execute(const char *path, const char *sql)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

static void
test_bad_store(void **state)
{
	static char page[4096];
	char path[80];
	FILE *file;

	(void)state;
	check_refused("/dev/null/state.db", "cannot be made");
	make_path(path);
	memset(page, 'x', sizeof page);
	assert_true(file_save(path, (struct slice){ page, sizeof page }, NULL));
	check_refused(path, "move the file away");
	remove(path);
	store_close(store_open(path, NULL));
	execute(path, "PRAGMA user_version = 1000");
	check_refused(path, "newer");
	remove(path);
	store_close(store_open(path, NULL));
	file = fopen(path, "r+"); /* a good header, and a page of nothing behind it */
	assert_non_null(file);
	assert_int_equal(fseek(file, sizeof page, SEEK_SET), 0);
	assert_int_equal(fwrite(page, 1, sizeof page, file), sizeof page);
	fclose(file);
	check_refused(path, "move the file away");
	clear(path);
	store_save_position(NULL, 1, &(struct place){ 0, NULL }); /* NULL does nothing */
	assert_int_equal(store_article(NULL, "/a", SLICE("")), 0);
	store_close(NULL);
}

static void
test_read_only_store(void **state)
{
	char path[80];
	int status;
	pid_t child;

	(void)state;
	make_path(path);
	store_close(store_open(path, NULL));
	assert_int_equal(chmod(path, 0444), 0);
	child = fork();
	if (child == 0) { /* permissions do not hold for root */
		struct diag diag = { 0 };

		if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
			_exit(2);
		_exit(store_open(path, &diag) || diag.n != 1);
	}
	waitpid(child, &status, 0);
	chmod(path, 0644);
	clear(path);
	assert_true(WIFEXITED(status));
	if (WEXITSTATUS(status) == 2)
		skip();
	assert_int_equal(WEXITSTATUS(status), 0);
}

/* Shared memory that fails: a folder stands where its file would be. */
static void
test_no_shared_memory(void **state)
{
	char path[80], shm[90];
	struct place place = place_make(SLICE("歐洲"), 3), back = { 0 };
	struct store *store;
	long long id;

	(void)state;
	make_path(path);
	snprintf(shm, sizeof shm, "%s-shm", path);
	assert_int_equal(mkdir(shm, 0700), 0);
	store = store_open(path, NULL);
	assert_non_null(store);
	id = store_article(store, "/a.txt", SLICE(""));
	store_save_position(store, id, &place);
	store_close(store);
	store = store_open(path, NULL);
	assert_non_null(store);
	assert_true(store_load_position(store, id, &back));
	assert_int_equal(back.off, 3);
	store_close(store);
	place_fini(&back);
	place_fini(&place);
	clear(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_index), cmocka_unit_test(test_search),
		cmocka_unit_test(test_search_terms), cmocka_unit_test(test_store),
		cmocka_unit_test(test_bad_store), cmocka_unit_test(test_orders),
		cmocka_unit_test(test_long_text), cmocka_unit_test(test_spread_sections),
		cmocka_unit_test(test_context), cmocka_unit_test(test_place),
		cmocka_unit_test(test_kill), cmocka_unit_test(test_read_only_store),
		cmocka_unit_test(test_no_shared_memory),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
