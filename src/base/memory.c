#include "base/memory.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#ifndef ARENA_CHUNK
#define ARENA_CHUNK 16384
#endif

struct arena_chunk {
	struct arena_chunk *next;
	size_t used, size;
	_Alignas(max_align_t) char bytes[];
};

static void (*on_failure)(void); /* exit hook: set once, at start */

void
memory_on_failure(void (*restore)(void))
{
	on_failure = restore;
}

static _Noreturn void
die(void)
{
	if (on_failure)
		on_failure();
	fputs("duizhao: out of memory: close other programs or open a smaller file\n", stderr);
	_Exit(2);
}

void *
xmalloc(size_t n)
{
	void *p = malloc(n ? n : 1);

	if (!p)
		die();
	return p;
}

void *
xcalloc(size_t count, size_t size)
{
	void *p = calloc(count ? count : 1, size ? size : 1);

	if (!p)
		die();
	return p;
}

void *
xrealloc(void *p, size_t n)
{
	p = realloc(p, n ? n : 1);
	if (!p)
		die();
	return p;
}

char *
xstrcopy(struct slice s)
{
	char *copy = xmalloc(s.n + 1);

	if (s.n)
		memcpy(copy, s.s, s.n);
	copy[s.n] = '\0';
	return copy;
}

char *
xstrdup(const char *s)
{
	return xstrcopy(slice_of(s));
}

void *
array_grow(void *array, size_t *cap, size_t n, size_t size)
{
	if (n <= *cap)
		return array;
	if (n > SIZE_MAX / 2 / size)
		die();
	if (*cap < 8)
		*cap = 8;
	while (*cap < n)
		*cap *= 2;
	return xrealloc(array, *cap * size);
}

void *
arena_alloc(struct arena *arena, size_t n)
{
	struct arena_chunk *chunk = arena->chunk;
	size_t align = _Alignof(max_align_t);
	void *p;

	n = (n + align - 1) / align * align;
	if (!chunk || chunk->size - chunk->used < n) {
		size_t size = n > ARENA_CHUNK ? n : ARENA_CHUNK;

		chunk = xmalloc(sizeof *chunk + size);
		*chunk = (struct arena_chunk){ .next = arena->chunk, .size = size };
		arena->chunk = chunk;
	}
	p = chunk->bytes + chunk->used;
	chunk->used += n;
	return p;
}

struct slice
arena_copy(struct arena *arena, struct slice s)
{
	char *copy = arena_alloc(arena, s.n + 1);

	if (s.n)
		memcpy(copy, s.s, s.n);
	copy[s.n] = '\0';
	return (struct slice){ copy, s.n };
}

void
arena_fini(struct arena *arena)
{
	while (arena->chunk) {
		struct arena_chunk *next = arena->chunk->next;

		free(arena->chunk);
		arena->chunk = next;
	}
}
