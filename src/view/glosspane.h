/*
 * The glossary pane: the terms of the screen, each once, in the order of the text, with the
 * form that stands there, reading and English; the selected one expanded; parts of long terms
 * indented under them.
 */
#ifndef VIEW_GLOSSPANE_H
#define VIEW_GLOSSPANE_H

#include "study/study.h"
#include "view/surface.h"

struct gloss_entry {
	uint32_t key;
	struct range at; /* where the form stands first on the screen */
	bool is_part;	 /* of the entry above that is no part */
};

struct gloss_pane {
	const struct document *doc;
	const struct lexicon *lexicon;
	const struct study *study; /* NULL until the index is made */
	struct gloss_entry *entry;
	size_t n, cap;
	size_t nterms;	   /* entries that are no parts */
	size_t selected;   /* index, or NOWHERE */
	size_t top;	   /* first row shown */
	bool hide, reveal; /* pinyin and English; but show the selected one's */
	bool has_focus;
};

void gloss_pane_fini(struct gloss_pane *pane);
/* Makes the entries of the hits (MATCH_PARTS, sorted) that begin in `visible`. */
void gloss_pane_build(struct gloss_pane *pane, const struct hits *hits, struct range visible);
/* Selects the entry whose key has an occurrence `at`; NOWHERE when there is none. */
void gloss_pane_select(struct gloss_pane *pane, uint32_t key);
/* Scrolls so that the selected entry is seen. */
void gloss_pane_arrange(struct gloss_pane *pane, size_t rows, size_t cols);
void gloss_pane_draw(const struct gloss_pane *pane, struct surface *surface, struct area area);
/* The entry at a row of the area, or NOWHERE: for the mouse. */
size_t gloss_pane_at(const struct gloss_pane *pane, size_t row, size_t cols);

#endif
