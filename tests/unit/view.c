/* view/: what holds at every width, on the shipped articles and on hostile text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <locale.h>
#include <cmocka.h>

#include "text/utf8.h"
#include "text/width.h"
#include "view/layout.h"
#include "view/surface.h"

/* A document of one paragraph a line, without an importer. */
static size_t
piece_start(const struct document *doc, size_t piece)
{
	return piece ? doc->text.n : 0;
}

static void
piece_build(const struct document *doc, size_t index, struct piece *piece)
{
	struct slice rest = doc->text;

	(void)index;
	while (rest.s) {
		struct slice line = slice_cut(&rest, '\n');
		size_t start = (size_t)(line.s - doc->text.s);

		if (line.n)
			piece_add_block(piece, (struct block){ .at = { start, start + line.n } });
	}
}

static struct document *
make_document(struct slice text)
{
	struct document *doc = document_new();

	doc->text = text;
	doc->npiece = 1;
	doc->piece = xcalloc(1, sizeof(struct piece *));
	doc->piece_start = piece_start;
	doc->piece_build = piece_build;
	doc->complete = true;
	return doc;
}

/* Marks that never begin or end a line, where the width leaves a choice. */
static void
check_kinsoku(struct slice text, struct range row)
{
	static const char never_first[] = "。，、；：？！）》」』”…";
	static const char never_last[] = "（《「『“";
	size_t first = utf8_decode(text, row.start, &(uint32_t){ 0 });
	size_t last = utf8_prev(text, row.end);

	assert_true(slice_find(SLICE(never_first),
			       slice_sub(text, (struct range){ row.start, row.start + first }), 0) == NOWHERE);
	assert_true(slice_find(SLICE(never_last), slice_sub(text, (struct range){ last, row.end }), 0) ==
		    NOWHERE);
}

static void
check_widths(struct slice text, bool kinsoku)
{
	struct document *doc = make_document(text);
	struct layouts *layouts = layouts_new();

	for (size_t cols = 20; cols <= 200; cols++) {
		layouts_clear(layouts);
		for (struct block_at at = document_find_block(doc, 0); at.block;
		     at = document_next_block(doc, at)) {
			const struct layout *layout = layouts_get(layouts, doc, at.block, cols);
			size_t off = at.block->at.start;

			for (size_t i = 0; i < layout->n; i++) {
				const struct line *line = &layout->line[i];

				assert_int_equal(line->at.start, off);
				off = line->at.end;
				assert_true(line->shown.start >= line->at.start);
				assert_true(line->shown.end <= line->at.end);
				if (line->shown.end == line->shown.start)
					continue;
				assert_true(!kinsoku || line->indent +
					    text_width(slice_sub(text, line->shown)) <= cols);
				if (kinsoku && i > 0)
					check_kinsoku(text, (struct range){ line->shown.start,
						layout->line[i].shown.end });
			}
			assert_int_equal(off, at.block->at.end);
			layouts_trim(layouts);
		}
	}
	layouts_free(layouts);
	document_free(doc);
}

static void
test_rows_rejoin(void **state)
{
	static const char *const articles[] = { "articles/europe.md", "articles/reading.txt" };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		static char bytes[65536];
		FILE *file = fopen(articles[i], "r"); /* file/ lies beside view/, not below */
		size_t n;

		assert_non_null(file);
		n = fread(bytes, 1, sizeof bytes, file);
		fclose(file);
		check_widths((struct slice){ bytes, n }, true);
	}
}

static void
test_hostile_rows(void **state)
{
	(void)state;
	check_widths(SLICE("a\xFF\xFE\x80\n\x1B]0;x\x07\n\0\1\2\n"
			   "e\xCC\x81\xCC\x82\xCC\x83\xCC\x84\n\xE2\x80\xAE" "abc\n。。。。。。。。。。。。。。。。。。。。。。。\n"),
		     false);
}

static void
test_surface(void **state)
{
	struct surface s;
	struct buf out = { 0 };

	(void)state;
	surface_init(&s, 2, 6);
	assert_int_equal(surface_put(&s, 0, 0, 6, SLICE("歐洲AI的"), STYLE_TEXT), 6);
	assert_int_equal(surface_put(&s, 1, 0, 5, SLICE("\x1B[歐洲"), STYLE_TERM), 4);
	surface_put(&s, 0, 1, 1, SLICE("x"), STYLE_TEXT); /* over the right half of 歐 */
	surface_dump(&s, true, &out);
	assert_string_equal(buf_text(&out), " x洲AI\n{term:\xE2\x90\x9B[歐}\n");
	buf_fini(&out);
	surface_fini(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows_rejoin),
		cmocka_unit_test(test_hostile_rows),
		cmocka_unit_test(test_surface),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
