/* The article as Markdown, with its headings found. */
#include "command/internal.h"

static void
add_lines(struct buf *out, struct slice text, const char *first, const char *rest)
{
	const char *prefix = first;

	while (text.s) {
		struct slice line = slice_cut(&text, '\n');

		buf_add_text(out, prefix);
		buf_add(out, slice_trim(line));
		buf_add_byte(out, '\n');
		prefix = rest;
	}
}

static void
add_heading(struct work *work, const struct block *block, struct buf *out)
{
	size_t section = document_find_section(work->doc, block->at.start);
	unsigned level = section == NO_SECTION ? 1 : work->doc->section[section].level;

	for (unsigned i = 0; i < (level > 6 ? 6 : level); i++)
		buf_add_byte(out, '#');
	buf_add_byte(out, ' ');
	if (section != NO_SECTION && work->doc->section[section].title.start == block->at.start)
		buf_add(out, document_section_title(work->doc, section, &work->arena));
	else
		buf_add(out, slice_sub(work->doc->text, block->at));
	buf_add_byte(out, '\n');
}

static void
add_table(struct slice text, struct buf *out)
{
	for (size_t row = 0; text.s; row++) {
		struct slice cells = slice_cut(&text, '\n');
		size_t n = 0;

		for (; cells.s; n++) {
			buf_add_text(out, "| ");
			buf_add(out, slice_cut(&cells, '\t'));
			buf_add_byte(out, ' ');
		}
		buf_add_text(out, "|\n");
		for (size_t i = 0; row == 0 && i < n; i++)
			buf_add_text(out, i + 1 < n ? "| --- " : "| --- |\n");
	}
}

static void
add_block(struct work *work, const struct block *block, struct buf *out)
{
	struct slice text = slice_sub(work->doc->text, block->at);
	char marker[16] = "- ";

	switch ((enum block_kind)block->kind) {
	case BLOCK_HEADING:
		add_heading(work, block, out);
		break;
	case BLOCK_QUOTATION:
		add_lines(out, text, "> ", "> ");
		break;
	case BLOCK_ITEM:
		if (block->ordinal)
			snprintf(marker, sizeof marker, "%u. ", block->ordinal);
		add_lines(out, text, marker, "  ");
		return; /* items stand close together */
	case BLOCK_CODE:
		buf_add_text(out, "```\n");
		buf_add(out, text);
		buf_add_text(out, "\n```\n");
		break;
	case BLOCK_TABLE:
		add_table(text, out);
		break;
	default:
		add_lines(out, text, "", "");
	}
	buf_add_byte(out, '\n');
}

int
run_convert(struct args *args)
{
	struct work work;
	struct buf out = { 0 };
	struct block_at at;
	const struct document_meta *meta;

	if (!work_open(&work, args, 0, WORK_DOCUMENT))
		return EXIT_WRONG;
	meta = &work.doc->meta;
	if (meta->title.n)
		buf_printf(&out, "---\ntitle: %.*s\nauthor: %.*s\ndate: %.*s\n---\n\n", (int)meta->title.n,
			   meta->title.s, (int)meta->author.n, meta->author.s, (int)meta->date.n,
			   meta->date.s);
	for (at = document_find_block(work.doc, work.at.start);
	     at.block && at.block->at.start < work.at.end; at = document_next_block(work.doc, at))
		add_block(&work, at.block, &out);
	put_text(buf_slice(&out));
	buf_fini(&out);
	work_close(&work);
	return EXIT_DONE;
}
