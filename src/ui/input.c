#include <curses.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "ui/internal.h"

static const struct {
	wint_t code;
	const char *name;
} keys[] = {
	{ KEY_DOWN, "Down" },	    { KEY_UP, "Up" },		{ KEY_LEFT, "Left" },
	{ KEY_RIGHT, "Right" },	    { KEY_NPAGE, "PageDown" },	{ KEY_PPAGE, "PageUp" },
	{ KEY_HOME, "Home" },	    { KEY_END, "End" },		{ KEY_BACKSPACE, "Backspace" },
	{ KEY_ENTER, "Enter" },	    { KEY_BTAB, "Shift-Tab" },	{ KEY_F(1), "F1" },
	{ KEY_DC, "Delete" },
};

/* What a key is called that came as a character. */
static const struct {
	wint_t code;
	const char *name;
} characters[] = {
	{ ' ', "Space" }, { '\r', "Enter" }, { '\n', "Enter" },	{ '\t', "Tab" },
	{ 27, "Esc" },	  { 127, "Backspace" }, { 8, "Backspace" },
};

static struct event
key_event(const char *name)
{
	struct event event = { .kind = EVENT_KEY };

	snprintf(event.key, sizeof event.key, "%s", name);
	return event;
}

static struct event
character_event(wint_t c)
{
	struct event event = { .kind = EVENT_KEY };
	mbstate_t state = { 0 };
	size_t n;

	for (size_t i = 0; i < sizeof characters / sizeof *characters; i++)
		if (characters[i].code == c)
			return key_event(characters[i].name);
	if (c < ' ') {
		snprintf(event.key, sizeof event.key, "Ctrl-%c", (char)(c + 'a' - 1));
		return event;
	}
	n = wcrtomb(event.key, (wchar_t)c, &state);
	event.key[n == (size_t)-1 ? 0 : n] = '\0';
	return event;
}

static struct event
mouse_event(void)
{
	struct event event = { .kind = EVENT_MOUSE };
	MEVENT mouse;

	if (getmouse(&mouse) != OK)
		return (struct event){ 0 };
	event.row = mouse.y < 0 ? 0 : (size_t)mouse.y;
	event.col = mouse.x < 0 ? 0 : (size_t)mouse.x;
	event.button = mouse.bstate & BUTTON4_PRESSED ? BUTTON_UP :
		       mouse.bstate & BUTTON5_PRESSED ? BUTTON_DOWN : BUTTON_CLICK;
	return event;
}

/* Alt-Left and the like have no fixed codes: their terminfo names say what they are. */
static struct event
named_event(wint_t code)
{
	const char *name = keyname((int)code);

	if (name && strcmp(name, "kLFT3") == 0)
		return key_event("Alt-Left");
	if (name && strcmp(name, "kRIT3") == 0)
		return key_event("Alt-Right");
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (keys[i].code == code)
			return key_event(keys[i].name);
	return (struct event){ .kind = EVENT_NONE };
}

struct event
input_next(void)
{
	wint_t c;
	int kind = get_wch(&c);

	if (kind == ERR)
		return (struct event){ .kind = EVENT_NONE };
	if (kind == KEY_CODE_YES && c == KEY_RESIZE)
		return (struct event){ .kind = EVENT_RESIZE };
	if (kind == KEY_CODE_YES && c == KEY_MOUSE)
		return mouse_event();
	if (kind == KEY_CODE_YES) {
		struct event event = named_event(c);

		return event.kind == EVENT_NONE ? key_event("?unknown") : event;
	}
	return character_event(c);
}
