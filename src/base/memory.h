/*
 * Memory. An allocation that fails ends the program here, in one place, with one
 * line on stderr and status 2; no caller checks for NULL.
 */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include "base/slice.h"

void *xmalloc(size_t n);
void *xcalloc(size_t count, size_t size);
void *xrealloc(void *p, size_t n);
char *xstrdup(const char *s);
/* A NUL-terminated copy; the caller frees. */
char *xstrcopy(struct slice s);

/* Called before the program ends for want of memory (restores the terminal). */
void memory_on_failure(void (*restore)(void));

/*
 * Grows an array to hold at least `n` elements of `size` bytes and returns it; *cap
 * is its capacity in elements. Growth doubles, so appending is linear altogether.
 */
void *array_grow(void *array, size_t *cap, size_t n, size_t size);

/* Appends one element to a { T *array; size_t n, cap; } triple. */
#define ARRAY_ADD(array, n, cap, ...)                                                      \
	((array) = array_grow((array), &(cap), (n) + 1, sizeof *(array)),                  \
	 (array)[(n)++] = (__VA_ARGS__))

/*
 * An arena: many small allocations that die at once. Zeroed struct = empty arena.
 */
struct arena {
	struct arena_chunk *chunk;
};

void *arena_alloc(struct arena *arena, size_t n);
/* A NUL-terminated copy that lives as long as the arena. */
struct slice arena_copy(struct arena *arena, struct slice s);
void arena_fini(struct arena *arena);

#endif
