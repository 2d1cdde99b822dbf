#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#include "reader/internal.h"

struct worker {
	pthread_t thread;
	const struct file *file;
	struct import_options options;
	struct correction *correction; /* own copy: the reader's may change */
	const struct lexicon *lexicon;
	int notify;
	struct document *doc; /* the thread's until `done` */
	struct study *study;
	size_t size;
	atomic_size_t at;
	atomic_bool stop, done;
};

static bool
on_progress(void *data, size_t at)
{
	struct worker *worker = data;
	unsigned before = worker_percent(worker);

	atomic_store(&worker->at, at);
	if (worker_percent(worker) / 5 != before / 5)
		(void)!write(worker->notify, "p", 1);
	return !atomic_load(&worker->stop);
}

static void *
work(void *data)
{
	struct worker *worker = data;

	worker->doc = import_file(worker->file, &worker->options, IMPORT_WHOLE, NULL);
	if (worker->doc && !atomic_load(&worker->stop)) {
		worker->size = worker->doc->text.n;
		worker->study = study_new(worker->doc, worker->lexicon, on_progress, worker);
	}
	atomic_store(&worker->done, true);
	(void)!write(worker->notify, "d", 1);
	return NULL;
}

struct worker *
worker_start(const struct file *file, const struct import_options *options,
	     const struct lexicon *lexicon, int notify)
{
	struct worker *worker = xcalloc(1, sizeof *worker);
	size_t n = options->ncorrection * sizeof *options->correction;

	worker->file = file;
	worker->options = *options;
	worker->correction = xmalloc(n);
	if (n)
		memcpy(worker->correction, options->correction, n);
	worker->options.correction = worker->correction;
	worker->lexicon = lexicon;
	worker->notify = notify;
	worker->size = file->bytes.n;
	if (pthread_create(&worker->thread, NULL, work, worker) == 0)
		return worker;
	free(worker->correction);
	free(worker);
	return NULL;
}

void
worker_stop(struct worker *worker)
{
	if (!worker)
		return;
	atomic_store(&worker->stop, true);
	pthread_join(worker->thread, NULL);
	study_free(worker->study);
	document_free(worker->doc);
	free(worker->correction);
	free(worker);
}

bool
worker_take(struct worker *worker, struct document **doc, struct study **study)
{
	if (!atomic_load(&worker->done))
		return false;
	*doc = worker->doc;
	*study = worker->study;
	worker->doc = NULL;
	worker->study = NULL;
	return true;
}

unsigned
worker_percent(const struct worker *worker)
{
	size_t at = atomic_load(&worker->at);

	return worker->size ? (unsigned)(at * 100 / worker->size) : 0;
}
