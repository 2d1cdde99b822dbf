/*
 * JSON for other programs, over jansson. Values are built and handed to their parent, which
 * then owns them; the root is freed by json_print().
 */
#ifndef FILE_JSON_H
#define FILE_JSON_H

#include <stdio.h>

#include "base/slice.h"

struct json_t; /* jansson's */

struct json_t *value_object(void);
struct json_t *value_array(void);
/* Ill-formed UTF-8 in `text` is written as U+FFFD by the caller's choice of text. */
void value_set_text(struct json_t *object, const char *key, struct slice text);
void value_set_count(struct json_t *object, const char *key, size_t n);
void value_set_bool(struct json_t *object, const char *key, bool b);
void value_set(struct json_t *object, const char *key, struct json_t *child);
void value_add(struct json_t *array, struct json_t *child);
void value_add_text(struct json_t *array, struct slice text);
/* Writes the value, indented, with a final newline, and frees it. False on a write error. */
void value_free(struct json_t *value);
bool value_print(struct json_t *value, FILE *out);

#endif
