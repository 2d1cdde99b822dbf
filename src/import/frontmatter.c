#include "import/internal.h"

static void
take_field(struct document *doc, struct slice line)
{
	struct slice value = line, key = slice_trim(slice_cut(&value, ':'));

	if (!value.s)
		return;
	value = slice_trim(value);
	if (value.n >= 2 && (value.s[0] == '"' || value.s[0] == '\'') &&
	    value.s[value.n - 1] == value.s[0])
		value = slice_sub(value, (struct range){ 1, value.n - 1 });
	if (slice_is(key, "title"))
		doc->meta.title = arena_copy(&doc->arena, value);
	if (slice_is(key, "author"))
		doc->meta.author = arena_copy(&doc->arena, value);
	if (slice_is(key, "date"))
		doc->meta.date = arena_copy(&doc->arena, value);
}

size_t
frontmatter_read(struct slice text, struct document *doc)
{
	struct slice rest = text, first = slice_trim(slice_cut(&rest, '\n')), look = rest;

	if (!slice_is(first, "---"))
		return 0;
	while (look.s && !slice_is(slice_trim(slice_cut(&look, '\n')), "---"))
		;
	if (!look.s) /* never closed: it is a rule, not front matter */
		return 0;
	while (rest.s != look.s)
		take_field(doc, slice_cut(&rest, '\n'));
	return (size_t)(look.s - text.s);
}
