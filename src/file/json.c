#include "file/json.h"

#include <jansson.h>

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
	json_object_set_new(object, key, json_stringn(text.s ? text.s : "", text.n));
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
	json_array_append_new(array, json_stringn(text.s ? text.s : "", text.n));
}

void
value_free(struct json_t *value)
{
	json_decref(value);
}

bool
value_print(struct json_t *value, FILE *out)
{
	bool is_good = json_dumpf(value, out, JSON_INDENT(1)) == 0 && fputc('\n', out) != EOF;

	json_decref(value);
	return is_good;
}
