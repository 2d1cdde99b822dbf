#include "file/json.h"

#include <jansson.h>

/* null for text that is no UTF-8: a hole that a reader sees, not a key that is missing */
static json_t *
text_value(struct slice text)
{
	json_t *value = json_stringn(text.s ? text.s : "", text.n);

	return value ? value : json_null();
}

struct json_t *
value_object(void)
{
	return json_object();
}

struct json_t *
value_array(void)
{
	return json_array();
}

void
value_set_text(struct json_t *object, const char *key, struct slice text)
{
	json_object_set_new(object, key, text_value(text));
}

void
value_set_count(struct json_t *object, const char *key, size_t n)
{
	json_object_set_new(object, key, json_integer((json_int_t)n));
}

void
value_set_bool(struct json_t *object, const char *key, bool b)
{
	json_object_set_new(object, key, json_boolean(b));
}

void
value_set(struct json_t *object, const char *key, struct json_t *child)
{
	json_object_set_new(object, key, child);
}

void
value_add(struct json_t *array, struct json_t *child)
{
	json_array_append_new(array, child);
}

void
value_add_text(struct json_t *array, struct slice text)
{
	json_array_append_new(array, text_value(text));
}

void
value_free(struct json_t *value)
{
	json_decref(value);
}

bool
value_print(struct json_t *value, FILE *out)
{
	bool is_good = json_dumpf(value, out, JSON_INDENT(1)) == 0 && fputc('\n', out) != EOF &&
		       fflush(out) == 0;

	json_decref(value);
	return is_good;
}
