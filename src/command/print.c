#include "command/internal.h"
#include "view/textpane.h"

int
run_print(struct args *args)
{
	struct work work;
	struct buf out = { 0 };
	int status = EXIT_DONE;

	for (size_t i = 0; i < args->nword || i == 0; i++) {
		if (!work_open(&work, args, i, WORK_DOCUMENT)) {
			status = EXIT_WRONG;
			continue;
		}
		if (args->plain) {
			put_text(slice_sub(work.doc->text, work.at));
		} else {
			buf_clear(&out);
			lines_print(work.doc, work.at, args->width ? (size_t)args->width : 80, &out);
			fwrite(buf_text(&out), 1, out.n, stdout);
		}
		work_close(&work);
	}
	buf_fini(&out);
	return status;
}
