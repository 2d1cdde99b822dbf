#include <stdlib.h>

#include "reader/internal.h"

static const char *const name[] = {
	[IN_TEXT] = "text",   [IN_GLOSSARY] = "glossary", [IN_OUTLINE] = "outline",
	[IN_INDEX] = "index", [IN_LIST] = "list",	  [IN_PROMPT] = "prompt",
};
_Static_assert(sizeof name / sizeof *name == CONTEXTS, "a name for each context");

const char *
scope_name(enum scope context)
{
	return name[context];
}

bool
scope_find(struct slice wanted, enum scope *context)
{
	for (size_t i = 0; i < CONTEXTS; i++) {
		if (slice_is(wanted, name[i])) {
			*context = (enum scope)i;
			return true;
		}
	}
	return false;
}

static struct binding *
find(const struct keymap *keymap, enum scope context, struct slice key)
{
	for (size_t i = 0; i < keymap->n; i++)
		if (keymap->binding[i].context == context &&
		    slice_is(key, keymap->binding[i].key))
			return &keymap->binding[i];
	return NULL;
}

void
keymap_bind(struct keymap *keymap, enum scope context, struct slice key, struct slice command)
{
	struct binding *old = find(keymap, context, key);

	if (old) {
		free(old->command);
		old->command = xstrcopy(command);
		return;
	}
	ARRAY_ADD(keymap->binding, keymap->n, keymap->cap,
		  (struct binding){ context, xstrcopy(key), xstrcopy(command) });
}

const char *
keymap_find(const struct keymap *keymap, enum scope context, const char *key)
{
	const struct binding *binding = find(keymap, context, slice_of(key));

	return binding ? binding->command : NULL;
}

void
keymap_fini(struct keymap *keymap)
{
	for (size_t i = 0; i < keymap->n; i++) {
		free(keymap->binding[i].key);
		free(keymap->binding[i].command);
	}
	free(keymap->binding);
	*keymap = (struct keymap){ 0 };
}
