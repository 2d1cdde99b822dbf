#include <stdlib.h>

#include "reader/internal.h"

size_t
reader_here(const struct reader *reader)
{
	return reader->current.end ? reader->current.start : reader->text.top.off;
}

size_t
reader_top(const struct reader *reader)
{
	struct block_at at = document_find_block(reader->article.doc, reader->text.top.off);

	if (at.block && at.block->at.start > reader->text.top.off)
		return at.block->at.start;
	return reader->text.top.off;
}

void
reader_jump(struct reader *reader, size_t off)
{
	history_add(&reader->history, reader->text.top.off);
	reader->last_place = reader->text.top.off;
	text_pane_go(&reader->text, off);
	reader->page = PAGE_TEXT;
	if (reader->focus != IN_OUTLINE)
		reader->focus = IN_TEXT;
}

void
reader_go_section(struct reader *reader, size_t section)
{
	reader_jump(reader, reader->article.doc->section[section].at.start);
}

/* Is this the first occurrence of its term in its section? */
static bool
is_first(const struct reader *reader, const struct hit *hit, size_t i)
{
	const struct study *study = reader->article.study;
	const struct document *doc = reader->article.doc;
	const struct keyword *keyword;
	size_t at;

	if (!study) { /* as far as one sees */
		for (size_t j = 0; j < i; j++)
			if (reader->hits.hit[j].key == hit->key)
				return false;
		return true;
	}
	keyword = study_find_keyword(study, lexicon_best(reader->lexicon, hit->key));
	if (!keyword)
		return true;
	at = study_next_occurrence(study, keyword, hit->start);
	while (at > 0) { /* parts of longer terms are not marked: they do not count */
		const struct hit *before = study_occurrence(study, keyword, --at);

		if (document_find_section(doc, before->start) !=
		    document_find_section(doc, hit->start))
			return true;
		if (before->kind != HIT_PART)
			return false;
	}
	return true;
}

static bool
is_marked(const struct reader *reader, const struct hit *hit, size_t i)
{
	if (hit->kind == HIT_PART || hit->kind == HIT_BESIDE)
		return false;
	return reader->options.marking == MARKING_ALL ||
	       (reader->options.marking == MARKING_FIRST && is_first(reader, hit, i));
}

/* The hits of the visible blocks, and which of them are marked. */
static void
find_hits(struct reader *reader)
{
	reader->hits.n = 0;
	reader->nmarked = 0;
	lexicon_match(reader->lexicon, reader->article.doc->text, text_pane_blocks(&reader->text),
		      MATCH_PARTS, &reader->hits);
	for (size_t i = 0; i < reader->hits.n; i++) {
		const struct hit *hit = &reader->hits.hit[i];

		if (is_marked(reader, hit, i))
			ARRAY_ADD(reader->marked, reader->nmarked, reader->cap_marked,
				  (struct range){ hit->start, hit->start + hit->length });
	}
}

void
reader_update(struct reader *reader)
{
	struct range visible;

	text_pane_arrange(&reader->text);
	find_hits(reader);
	visible = text_pane_visible(&reader->text);
	if (reader->current.start < visible.start || reader->current.start >= visible.end)
		reader->current = (struct range){ 0, 0 };
	reader->gloss.doc = reader->article.doc;
	reader->gloss.study = reader->article.study;
	reader->gloss.hide = reader->options.hide;
	gloss_pane_build(&reader->gloss, &reader->hits, visible);
	for (size_t i = 0; i < reader->hits.n && reader->current.end; i++)
		if (reader->hits.hit[i].start == reader->current.start &&
		    reader->hits.hit[i].start + reader->hits.hit[i].length == reader->current.end)
			gloss_pane_select(&reader->gloss, reader->hits.hit[i].key);
}

/* Which of the hits of a block one steps to: marked ones, or all when none are marked. */
static bool
is_stop(const struct reader *reader, const struct hit *hit, size_t i)
{
	return hit->kind != HIT_PART && hit->kind != HIT_BESIDE &&
	       (reader->options.marking == MARKING_NONE || is_marked(reader, hit, i));
}

static bool
step_in_block(struct reader *reader, struct range block, size_t from, int direction)
{
	const struct hit *best = NULL;

	reader->hits.n = 0;
	lexicon_match(reader->lexicon, reader->article.doc->text, block, MATCH_MAIN, &reader->hits);
	for (size_t i = 0; i < reader->hits.n; i++) {
		const struct hit *hit = &reader->hits.hit[i];

		if (!is_stop(reader, hit, i))
			continue;
		if (direction > 0 ? hit->start >= from && !best : hit->start < from)
			best = hit;
	}
	if (best)
		reader->current = (struct range){ best->start, best->start + best->length };
	return best != NULL;
}

bool
reader_step_term(struct reader *reader, int direction)
{
	struct document *doc = reader->article.doc;
	size_t from = reader->current.end ?
			      (direction > 0 ? reader->current.end : reader->current.start) :
			      (direction > 0 ? reader->text.top.off :
					       text_pane_visible(&reader->text).end);
	struct block_at at = document_find_block(doc, from);
	size_t top = reader->text.top.off;

	for (int n = 0; at.block && n < 2000; n++) {
		if (step_in_block(reader, at.block->at, from, direction)) {
			text_pane_show(&reader->text, reader->current.start);
			if (reader->text.top.off != top)
				reader->last_place = top;
			return true;
		}
		at = direction > 0 ? document_next_block(doc, at) : document_prev_block(doc, at);
	}
	return false;
}
