#include "reader/internal.h"

void
reader_search_clear(struct reader *reader)
{
	found_fini(&reader->found);
	reader->found_at = NOWHERE;
}

/* Index of the first place at or after `from`; found.n when there is none. */
static size_t
find_from(const struct found *found, size_t from)
{
	size_t low = 0, high = found->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (found->at[middle].start >= from)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

static void
show_found(struct reader *reader)
{
	text_pane_show(&reader->text, reader->found.at[reader->found_at].start);
	if (reader->found.kind == SEARCH_LITERAL)
		reader_say_message(reader, false, "%zu/%zu", reader->found_at + 1, reader->found.n);
	else
		reader_say_message(reader, false, "%zu/%zu as %s", reader->found_at + 1,
				   reader->found.n, search_kind_name(reader->found.kind));
}

void
reader_search(struct reader *reader, struct slice query, bool back, size_t from)
{
	reader_search_clear(reader);
	reader->search_back = back;
	if (query.n == 0)
		return;
	search_all(reader->article.doc, reader->article.study, reader->lexicon, query,
		   &reader->found);
	if (reader->found.n == 0) {
		reader_say_message(reader, true, "not found: %.*s%s", (int)query.n, query.s,
				   reader->article.study ? "" : " (terms: still indexing)");
		return;
	}
	reader->found_at = find_from(&reader->found, from);
	if (back)
		reader->found_at = reader->found_at ? reader->found_at - 1 : reader->found.n - 1;
	else if (reader->found_at == reader->found.n)
		reader->found_at = 0; /* around the end */
	show_found(reader);
}

void
reader_search_next(struct reader *reader, int direction)
{
	if (reader->found.n == 0 && reader->query.n) /* cleared by Esc or a reload */
		search_all(reader->article.doc, reader->article.study, reader->lexicon,
			   buf_slice(&reader->query), &reader->found);
	if (reader->found.n == 0) {
		reader_say_message(reader, true, "no search yet: / begins one");
		return;
	}
	if (reader->search_back)
		direction = -direction;
	if (reader->found_at == NOWHERE) {
		reader->found_at = find_from(&reader->found, reader->text.top.off);
		reader->found_at %= reader->found.n;
	} else if (direction > 0) {
		reader->found_at = (reader->found_at + 1) % reader->found.n;
	} else {
		reader->found_at = (reader->found_at + reader->found.n - 1) % reader->found.n;
	}
	show_found(reader);
}
