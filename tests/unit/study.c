/* study/: the index, search, and what survives in the store. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <locale.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <cmocka.h>

#include "file/file.h"
#include "study/store.h"
#include "study/study.h"

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

static void
test_search(void **state)
{
	static const struct { const char *text, *query; size_t n; } table[] = {
		{ "歐洲與欧洲，ＡＩ与ai", "欧洲", 2 }, { "ＡＩ与ai、Ai", "AI", 3 },
		{ "人工\n智能", "人工智能", 1 },	 { "人工\n　　智能", "人工智能", 1 },
		{ "人工\n\n智能", "人工智能", 0 },	 { "big\nword", "big word", 1 },
		{ "啊啊啊", "啊啊", 1 },		 { "text", "", 0 },
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
	study_free(study);
	lexicon_free(lexicon);
	document_free(doc);
}

static void
test_store(void **state)
{
	char path[80];
	struct store *store, *other;
	struct place place = place_make(SLICE("歐洲的監管"), 6), back = { 0 };
	long long id;
	pid_t child;

	(void)state;
	snprintf(path, sizeof path, "/tmp/duizhao-store-%ld/state.db", (long)getpid());
	store = store_open(path, NULL);
	other = store_open(path, NULL); /* two at once */
	assert_non_null(store);
	assert_non_null(other);
	id = store_article(store, "/a.txt", SLICE("標題"));
	assert_int_equal(store_article(other, "/a.txt", SLICE("標題")), id);
	store_save_position(store, id, &place);
	assert_true(store_load_position(other, id, &back));
	assert_int_equal(back.off, 6);
	assert_string_equal(back.snippet, "的監管");
	assert_int_equal(place_find(&back, SLICE("新的一行\n歐洲的監管")), 19);
	place_fini(&back);
	store_save_mark(store, id, 'a', &place);
	assert_true(store_load_mark(other, id, 'a', &back));
	assert_false(store_load_mark(other, id, 'b', &back));
	place_fini(&back);
	store_close(other);
	store_close(store);

	child = fork();
	if (child == 0) { /* killed while it saves */
		store = store_open(path, NULL);
		for (size_t i = 1;; i++) {
			place.off = i;
			store_save_position(store, id, &place);
		}
	}
	nanosleep(&(struct timespec){ .tv_nsec = 200000000 }, NULL);
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	store = store_open(path, NULL);
	assert_non_null(store);
	assert_true(store_load_position(store, id, &back));
	assert_true(back.off > 1);
	place_fini(&back);
	place_fini(&place);
	store_close(store);
}

static void
test_bad_store(void **state)
{
	struct diag diag = { 0 };
	char path[80];

	(void)state;
	assert_null(store_open("/dev/null/state.db", &diag));
	snprintf(path, sizeof path, "/tmp/duizhao-bad-%ld.db", (long)getpid());
	assert_true(file_save(path, SLICE("this is no database, however long one looks at it, and it is longer "
					  "than a header of a hundred bytes, so that SQLite reads it"), NULL));
	assert_null(store_open(path, &diag));
	assert_int_equal(diag.n, 2);
	assert_int_equal(diag.message[1].level, DIAG_WARNING);
	unlink(path);
	diag_fini(&diag);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_index), cmocka_unit_test(test_search),
		cmocka_unit_test(test_search_terms), cmocka_unit_test(test_store),
		cmocka_unit_test(test_bad_store),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
