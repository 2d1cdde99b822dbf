#include "command/internal.h"

static void
print_columns(struct slice rows)
{
	while (rows.n) {
		struct slice line = slice_cut(&rows, '\n');

		for (int width = 14; line.s; width = 18) {
			struct slice cell = slice_cut(&line, '\t');

			if (line.s)
				printf("%-*.*s ", width, (int)cell.n, cell.s);
			else
				printf("%.*s\n", (int)cell.n, cell.s);
		}
	}
}

/* The completion for bash: verbs, then options of the verb, then files. */
static int
print_completion(void)
{
	printf("_duizhao() {\n\tlocal cur=${COMP_WORDS[COMP_CWORD]} verb=${COMP_WORDS[1]} words=\n"
	       "\tcase $verb in\n");
	for (size_t i = 0; i < nverbs; i++) {
		struct slice rest = slice_of(verbs[i].flags);

		printf("\t%s) words='--help", verbs[i].name);
		while (rest.s && rest.n) {
			struct slice flag = slice_cut(&rest, ' ');

			printf(" --%.*s", (int)flag.n, flag.s);
		}
		printf("' ;;\n");
	}
	printf("\tesac\n\tif [ \"$COMP_CWORD\" = 1 ]; then words='");
	for (size_t i = 0; i < nverbs; i++)
		printf("%s%s", i ? " " : "", verbs[i].name);
	printf("'; fi\n\tCOMPREPLY=($(compgen -W \"$words\" -- \"$cur\") $(compgen -f -- \"$cur\"))\n"
	       "}\ncomplete -o filenames -F _duizhao duizhao\n");
	return EXIT_DONE;
}

static void
print_verbs(struct buf *out)
{
	for (size_t i = 0; i < nverbs; i++)
		buf_printf(out, "%s %s\t%s\n", verbs[i].name, verbs[i].usage, verbs[i].help);
}

static void
print_flags(struct buf *out)
{
	for (size_t i = 0; i < nflags; i++)
		buf_printf(out, "--%s%s%s\t%s\n", flags[i].name, flags[i].value ? " " : "",
			   flags[i].value ? flags[i].value : "", flags[i].help);
}

static const struct {
	const char *name;
	void (*print)(struct buf *out);
} topics[] = {
	{ "keys", reader_print_keys },	     { "commands", reader_print_commands },
	{ "options", reader_print_options }, { "verbs", print_verbs },
	{ "flags", print_flags },
};

int
run_help(struct args *args)
{
	struct buf out = { 0 };

	if (args->completion)
		return print_completion();
	for (size_t i = 0; args->nword && i < sizeof topics / sizeof *topics; i++) {
		if (strcmp(topics[i].name, args->word[0]) != 0)
			continue;
		topics[i].print(&out);
		if (args->tables)
			fputs(buf_text(&out), stdout);
		else
			print_columns(buf_slice(&out));
		buf_fini(&out);
		return EXIT_DONE;
	}
	if (args->nword)
		return complain(args->word[0], "help has keys, commands and options; duizhao VERB --help");
	printf("duizhao %s 對照: reads Chinese prose with English beside it\n\n"
	       "  duizhao FILE[#SECTION]   read an article; ? shows the keys, q quits\n\n", VERSION);
	for (size_t i = 0; i < nverbs; i++)
		printf("  %-9s %-24s %s\n", verbs[i].name, verbs[i].usage, verbs[i].help);
	printf("\nduizhao VERB --help tells its options. man duizhao tells more.\n"
	       "A file that is named like a verb is written ./toc\n");
	return EXIT_DONE;
}
