#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "reader/internal.h"

static const struct {
	const char *variable, *fallback;
} place[] = {
	[FOLDER_CONFIG] = { "XDG_CONFIG_HOME", ".config" },
	[FOLDER_DATA] = { "XDG_DATA_HOME", ".local/share" },
	[FOLDER_STATE] = { "XDG_STATE_HOME", ".local/state" },
};

/* NULL when there is no home. */
char *
path_of(enum folder folder, const char *name)
{
	const char *base = getenv(place[folder].variable), *home = getenv("HOME");
	struct buf path = { 0 };

	if (base && base[0] == '/') /* the XDG rule: a relative path is ignored */
		buf_printf(&path, "%s/duizhao/%s", base, name);
	else if (home && home[0])
		buf_printf(&path, "%s/%s/duizhao/%s", home, place[folder].fallback, name);
	else
		return NULL;
	return buf_take(&path);
}

/* The folder of the program, with links followed where /proc tells. */
static void
program_folder(const char *program, struct buf *out)
{
	char link[4096];
	ssize_t n = readlink("/proc/self/exe", link, sizeof link - 1);
	struct slice path = slice_of(program);
	size_t end;

	if (n > 0)
		path = (struct slice){ link, (size_t)n };
	for (end = path.n; end > 0 && path.s[end - 1] != '/';)
		end--;
	buf_clear(out);
	buf_add(out, (struct slice){ path.s, end });
}

char *
path_shipped(const char *program, const char *name)
{
	static const char *const up[] = { "../../", "../" }; /* build/release/ in the tree */
	struct buf path = { 0 };

	for (size_t i = 0; i < sizeof up / sizeof *up; i++) {
		program_folder(program, &path);
		buf_printf(&path, "%ssrc/LAYERS", up[i]);
		if (file_exists(buf_text(&path))) {
			program_folder(program, &path);
			buf_printf(&path, "%s%s", up[i], name);
			return buf_take(&path);
		}
	}
	/* beside the program's bin folder, wherever PREFIX was moved */
	program_folder(program, &path);
	buf_printf(&path, "../share/duizhao/%s", name);
	if (access(buf_text(&path), R_OK) == 0)
		return buf_take(&path);
	buf_clear(&path);
	buf_printf(&path, "%s/%s", SHARE, name);
	return buf_take(&path);
}

struct sources {
	struct lexicon_source *source;
	size_t n, cap;
};

static void
add_folder(struct sources *sources, char *folder)
{
	size_t n = 0;
	char **path = folder ? file_list(folder, ".tsv .txt .tab .utf8", &n) : NULL;

	for (size_t i = 0; i < n; i++)
		ARRAY_ADD(sources->source, sources->n, sources->cap,
			  (struct lexicon_source){ path[i], false });
	free(path);
	free(folder);
}

struct lexicon *
reader_lexicon(const char *program, const char *const *glossary, size_t n, struct diag *diag)
{
	struct sources sources = { 0 };
	struct lexicon *lexicon;

	for (size_t i = 0; i < n; i++)
		ARRAY_ADD(sources.source, sources.n, sources.cap,
			  (struct lexicon_source){ glossary[i], true });
	add_folder(&sources, path_of(FOLDER_DATA, "glossary"));
	add_folder(&sources, path_shipped(program, "glossary"));
	lexicon = lexicon_open(sources.source, sources.n, diag);
	for (size_t i = n; i < sources.n; i++)
		free((char *)sources.source[i].path);
	free(sources.source);
	return lexicon;
}
