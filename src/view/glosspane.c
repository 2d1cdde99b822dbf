#include "view/glosspane.h"

#include <stdlib.h>

#include "base/memory.h"
#include "text/fold.h"
#include "text/width.h"

void
gloss_pane_fini(struct gloss_pane *pane)
{
	free(pane->entry);
	*pane = (struct gloss_pane){ 0 };
}

static bool
has_entry(const struct gloss_pane *pane, uint32_t key, bool is_part, size_t from)
{
	for (size_t i = is_part ? from : 0; i < pane->n; i++)
		if (pane->entry[i].key == key && pane->entry[i].is_part == is_part)
			return true;
	return false;
}

void
gloss_pane_build(struct gloss_pane *pane, const struct hits *hits, struct range visible)
{
	bool parts = false; /* of the last main term: is it new here? */
	size_t main_at = 0;

	pane->n = pane->nterms = 0;
	pane->selected = NOWHERE;
	for (size_t i = 0; i < hits->n; i++) {
		const struct hit *hit = &hits->hit[i];
		struct range at = { hit->start, hit->start + hit->length };
		bool is_part = hit->kind == HIT_PART;

		if (at.start < visible.start || at.start >= visible.end)
			continue;
		if (!is_part)
			parts = !has_entry(pane, hit->key, false, 0);
		if ((is_part && !parts) || has_entry(pane, hit->key, is_part, main_at))
			continue;
		if (!is_part) {
			main_at = pane->n;
			pane->nterms++;
		}
		ARRAY_ADD(pane->entry, pane->n, pane->cap,
			  (struct gloss_entry){ hit->key, at, is_part });
	}
}

void
gloss_pane_select(struct gloss_pane *pane, uint32_t key)
{
	pane->selected = NOWHERE;
	for (size_t i = 0; i < pane->n; i++) {
		if (pane->entry[i].key != key)
			continue;
		if (pane->selected == NOWHERE || !pane->entry[i].is_part)
			pane->selected = i;
	}
}

/*
 * Text that flows down an area. With surface NULL it only counts rows, so that the same
 * code measures and draws.
 */
struct flow {
	struct surface *surface;
	struct area area;
	size_t row;  /* counted from the first row of all */
	size_t skip; /* rows scrolled away */
	size_t col;
};

static void
flow_put(struct flow *flow, struct slice text, enum style style)
{
	if (flow->surface && flow->row >= flow->skip && flow->row - flow->skip < flow->area.rows &&
	    flow->col < flow->area.cols)
		surface_put(flow->surface, flow->area.row + flow->row - flow->skip,
			    flow->area.col + flow->col, flow->area.cols - flow->col, text, style);
	flow->col += text_width(text);
}

static void
flow_newline(struct flow *flow, size_t indent)
{
	flow->row++;
	flow->col = indent;
}

/* Bytes of text that fit, back to a blank where there is one. */
static size_t
fit_words(struct slice text, size_t cols)
{
	size_t n = text_fit(text, cols, NULL), at = n;

	if (n == text.n)
		return n;
	while (at > 0 && text.s[at] != ' ')
		at--;
	return at ? at + 1 : n;
}

/* Wraps text into the area; what follows goes on at its end. */
static void
flow_text(struct flow *flow, struct slice text, size_t indent, enum style style)
{
	while (text.n) {
		size_t room = flow->area.cols > flow->col ? flow->area.cols - flow->col : 0;
		size_t n = fit_words(text, room);
		bool is_word = text_width(slice_sub(text, (struct range){ 0, n })) <= room;

		if (flow->col > indent && n < text.n && (n == 0 || text.s[n - 1] != ' ')) {
			flow_newline(flow, indent); /* rather than cut the first word */
			continue;
		}
		if (n == 0) {
			if (!is_word || room == 0 || flow->col <= indent)
				return; /* an area of no use */
			flow_newline(flow, indent);
			continue;
		}
		flow_put(flow, slice_sub(text, (struct range){ 0, n }), style);
		text = slice_from(text, n);
		if (text.n)
			flow_newline(flow, indent);
	}
}

static void
flow_list(struct flow *flow, const struct slice *item, size_t n, size_t indent, enum style style)
{
	for (size_t i = 0; i < n; i++) {
		if (i)
			flow_put(flow, SLICE("; "), style);
		flow_text(flow, item[i], indent, style);
	}
}

static bool
is_shown(const struct gloss_pane *pane, size_t i)
{
	return !pane->hide || (pane->reveal && i == pane->selected);
}

/* "3× in 1, 2.1" */
static void
flow_count(struct flow *flow, const struct gloss_pane *pane, uint32_t term, size_t indent)
{
	const struct keyword *keyword = pane->study ? study_find_keyword(pane->study, term) : NULL;
	struct buf text = { 0 };
	size_t last = NO_SECTION - 1, n = 0;

	if (!keyword)
		return;
	buf_printf(&text, "%u×", keyword->n);
	for (size_t i = 0; i < keyword->n && n < 12; i++) {
		size_t section = document_find_section(
		    pane->doc, study_occurrence(pane->study, keyword, i)->start);

		if (section == last || section == NO_SECTION)
			continue;
		last = section;
		buf_printf(&text, "%s%s", n++ ? ", " : " in § ",
			   document_section_number(pane->doc, section).text);
	}
	if (n == 12)
		buf_add_text(&text, " …");
	flow_newline(flow, indent);
	flow_text(flow, buf_slice(&text), indent, STYLE_DIM);
	buf_fini(&text);
}

static void
flow_labelled(struct flow *flow, const char *label, const struct slice *item, size_t n,
	      size_t indent)
{
	if (n == 0)
		return;
	flow_newline(flow, indent);
	flow_put(flow, slice_of(label), STYLE_DIM);
	flow_list(flow, item, n, indent + 2, STYLE_TEXT);
}

/* What the selected entry shows besides: definition, other script, aliases, counts. */
static void
flow_details(struct flow *flow, const struct gloss_pane *pane, const struct key *key, size_t indent)
{
	for (uint32_t i = 0; i < key->n; i++) {
		const struct term *term = &pane->lexicon->term[pane->lexicon->sense[key->first + i]];

		if (i > 0) { /* the next glossary's word on it */
			flow_newline(flow, indent);
			flow_list(flow, term->english, term->nenglish, indent, STYLE_ENGLISH);
			flow_put(flow, SLICE(" "), STYLE_DIM);
			flow_text(flow, pane->lexicon->glossary[term->glossary].name, indent, STYLE_DIM);
		}
		if (term->definition.n) {
			flow_newline(flow, indent);
			flow_text(flow, term->definition, indent, STYLE_TEXT);
		}
		if (i > 0)
			continue;
		flow_newline(flow, indent);
		flow_put(flow, term->headword, STYLE_TEXT);
		if (term->simplified.n && !slice_equal(term->simplified, term->headword)) {
			flow_put(flow, SLICE(" = "), STYLE_DIM);
			flow_put(flow, term->simplified, STYLE_TEXT);
		}
		flow_labelled(flow, "also ", term->alias, term->nalias, indent);
		flow_labelled(flow, "see ", term->see, term->nsee, indent);
	}
	flow_count(flow, pane, lexicon_best(pane->lexicon, (uint32_t)(key - pane->lexicon->key)), indent);
}

/* Is the form in the text another word than the headword, whose reading is shown? */
static bool
is_alias(struct slice form, const struct term *term)
{
	struct buf a = { 0 }, b = { 0 };
	bool differs;

	text_fold_add(&a, form);
	text_fold_add(&b, term->headword);
	differs = !slice_equal(buf_slice(&a), buf_slice(&b));
	buf_fini(&a);
	buf_fini(&b);
	return differs;
}

static void
flow_entry(struct flow *flow, const struct gloss_pane *pane, size_t i)
{
	const struct gloss_entry *entry = &pane->entry[i];
	const struct key *key = &pane->lexicon->key[entry->key];
	const struct term *term = &pane->lexicon->term[lexicon_best(pane->lexicon, entry->key)];
	struct slice form = slice_sub(pane->doc->text, entry->at);
	size_t indent = entry->is_part ? 4 : 2;

	if (pane->has_focus && i == pane->selected && flow->surface && flow->row >= flow->skip) {
		flow->surface->cursor_row = flow->area.row + flow->row - flow->skip;
		flow->surface->cursor_col = flow->area.col + indent - 2;
	}
	flow->col = indent - 2;
	flow_put(flow, form, i == pane->selected ? STYLE_CURRENT : STYLE_HEADWORD);
	flow_put(flow, SLICE("  "), STYLE_TEXT);
	if (!is_shown(pane, i)) {
		flow_put(flow, SLICE("· · ·"), STYLE_DIM);
		flow_newline(flow, 0);
		return;
	}
	if (is_alias(form, term)) { /* the reading is the headword's, so that stands before it */
		flow_put(flow, SLICE("→ "), STYLE_DIM);
		flow_text(flow, term->headword, indent, STYLE_HEADWORD);
		flow_put(flow, SLICE("  "), STYLE_TEXT);
	}
	flow_text(flow, term->pinyin, indent, STYLE_PINYIN);
	if (!entry->is_part)
		flow_newline(flow, indent);
	else
		flow_put(flow, SLICE("  "), STYLE_TEXT);
	flow_list(flow, term->english, entry->is_part ? term->nenglish > 0 : term->nenglish, indent,
		  STYLE_ENGLISH);
	if (i == pane->selected) {
		flow_put(flow, SLICE("  "), STYLE_DIM);
		flow_text(flow, pane->lexicon->glossary[term->glossary].name, indent, STYLE_DIM);
		flow_details(flow, pane, key, indent);
	}
	flow_newline(flow, 0);
}

void
gloss_pane_arrange(struct gloss_pane *pane, size_t rows, size_t cols)
{
	struct flow flow = { .area = { 0, 0, rows, cols } };
	size_t start = 0, end = 0;

	for (size_t i = 0; i < pane->n; i++) {
		if (i == pane->selected)
			start = flow.row;
		flow_entry(&flow, pane, i);
		if (i == pane->selected)
			end = flow.row;
	}
	if (pane->selected == NOWHERE)
		pane->top = 0;
	if (end > pane->top + rows)
		pane->top = end - rows;
	if (start < pane->top)
		pane->top = start;
	if (pane->top >= flow.row)
		pane->top = 0;
}

void
gloss_pane_draw(const struct gloss_pane *pane, struct surface *surface, struct area area)
{
	struct flow flow = { .surface = surface, .area = area, .skip = pane->top };

	if (pane->n == 0)
		surface_put(surface, area.row, area.col, area.cols, SLICE("no terms here"), STYLE_DIM);
	for (size_t i = 0; i < pane->n && flow.row < pane->top + area.rows; i++)
		flow_entry(&flow, pane, i);
}

size_t
gloss_pane_at(const struct gloss_pane *pane, size_t row, size_t cols)
{
	struct flow flow = { .area = { 0, 0, 1, cols } };

	for (size_t i = 0; i < pane->n; i++) {
		flow_entry(&flow, pane, i);
		if (pane->top + row < flow.row)
			return i;
	}
	return NOWHERE;
}
