# duizhao: one plain Makefile. `make help` lists what it does.
VERSION := 0.1.0
PREFIX ?= /usr/local
DESTDIR ?=
CC ?= cc
CFLAGS ?= -O2 -g
WARN := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wconversion
-include config.mk

# Every variant builds into a folder of its own: make B=build/asan SAN=...
B ?= build/release
SAN ?=

LIBS := ncursesw icu-uc icu-i18n sqlite3 md4c jansson
PKG := $(shell pkg-config --cflags $(filter-out ncursesw,$(LIBS)) 2>/dev/null)
# curses wants feature macros of its own: for ui only
CURSES := $(shell pkg-config --cflags ncursesw 2>/dev/null)
LINK := $(shell pkg-config --libs $(LIBS) 2>/dev/null) -lpthread
# GNU libiconv where iconv is not in libc
ICONV := $(shell echo 'void *iconv_open(const char *, const char *); int main(void){return !iconv_open("", "");}' | \
	$(CC) -x c - -o /dev/null 2>/dev/null || echo -liconv)

# lowest first; src/LAYERS is the checked truth
FOLDERS := base text file document import glossary study view reader ui command
ARCHIVES := $(foreach f,$(FOLDERS),$(B)/lib$(f).a)
# as the linker wants them: highest first
LINKED := $(foreach f,command ui reader view study glossary import document file text base,$(B)/lib$(f).a)

ALLCFLAGS = -std=c11 -D_POSIX_C_SOURCE=200809L $(CFLAGS) $(WARN) $(SAN) -Isrc -I$(B)/gen $(PKG) \
	-DVERSION='"$(VERSION)"' -DSHARE='"$(PREFIX)/share/duizhao"' -MMD -MP

GENERATORS := src/text/maketables.c
SOURCES := $(filter-out $(GENERATORS),$(wildcard src/*/*.c))
OBJECTS := $(SOURCES:src/%.c=$(B)/%.o)
TESTS := $(patsubst tests/unit/%.c,$(B)/test/%,$(wildcard tests/unit/*.c))
E2E := $(patsubst tests/e2e/%.c,$(B)/e2e/%,$(wildcard tests/e2e/*.c))

.PHONY: all run check help install uninstall lint asan bench dist clean unit
.DEFAULT_GOAL := all

MAN := duizhao.1 duizhao-config.5 duizhao-glossary.5

all: $(B)/duizhao $(MAN:%=$(B)/man/%) ## build the program and its manual

$(B)/man/%: man/%.in man/fill $(B)/duizhao
	@mkdir -p $(@D)
	man/fill $(B)/duizhao $< >$@.tmp && mv $@.tmp $@

run: ## install what is missing, build, open a shipped article
	@./setup build
	@$(MAKE) --no-print-directory all
	$(B)/duizhao articles/europe.md

check: ## the same for the tests, and run them all
	@./setup check
	@$(MAKE) --no-print-directory all unit
	@B=$(B) tests/run

$(B)/duizhao: $(B)/main.o $(LINKED)
	$(CC) $(SAN) $(LDFLAGS) -o $@ $^ $(LINK) $(ICONV)

$(B)/gen/maketables: src/text/maketables.c
	@mkdir -p $(@D)
	$(CC) -std=c11 -D_POSIX_C_SOURCE=200809L -O1 $(WARN) -Isrc $(PKG) -o $@ $< $(shell pkg-config --libs icu-uc icu-i18n 2>/dev/null)

$(B)/gen/fold_table.h: $(B)/gen/maketables
	$< >$@.tmp && mv $@.tmp $@

$(B)/gen/defaults.h: src/reader/defaults.conf tests/quote.awk
	@mkdir -p $(@D)
	awk -f tests/quote.awk $< >$@.tmp && mv $@.tmp $@

$(B)/ui/%.o: PKG += $(CURSES)

$(B)/%.o: src/%.c | $(B)/gen/fold_table.h $(B)/gen/defaults.h
	@mkdir -p $(@D)
	$(CC) $(ALLCFLAGS) -c -o $@ $<

define archive
$(B)/lib$(1).a: $(filter $(B)/$(1)/%,$(OBJECTS))
	@rm -f $$@
	ar rcs $$@ $$^
endef
$(foreach f,$(FOLDERS),$(eval $(call archive,$(f))))

# A unit test links its own folder and what lies below it only.
below = $(foreach f,command ui reader view study glossary import document file text base,\
	$(if $(filter $(f),$(shell awk -F: '$$1 ~ /^$(1) / {print "$(1)", $$2}' src/LAYERS)),$(B)/lib$(f).a))
.SECONDEXPANSION:
$(B)/test/%: tests/unit/%.c $$(call below,$$*)
	@mkdir -p $(@D)
	$(CC) $(ALLCFLAGS) -o $@ $< $(call below,$*) $(LINK) $(ICONV) -lcmocka

$(B)/e2e/%: tests/e2e/%.c
	@mkdir -p $(@D)
	$(CC) $(ALLCFLAGS) -D_GNU_SOURCE -o $@ $< -lcmocka -lvterm -lutil

unit: $(TESTS) $(E2E)

lint: all ## layers, headers, lengths, glossaries, manuals
	@./setup lint
	@B=$(B) CC="$(CC)" PKG="$(PKG)" tests/lint

asan: ## all tests with address and undefined-behaviour sanitizers
	@./setup check
	@$(MAKE) --no-print-directory B=build/asan CFLAGS="-O1 -g" \
		SAN="-fsanitize=address,undefined -fno-sanitize-recover=undefined" all unit
	@B=build/asan tests/run

bench: all ## speed and size, as ratios to less and ripgrep in one run
	@./setup bench
	@B=$(B) tests/bench/run

install: all ## install under PREFIX (DESTDIR for packagers)
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/duizhao/glossary \
		$(DESTDIR)$(PREFIX)/share/duizhao/articles $(DESTDIR)$(PREFIX)/share/man/man1 \
		$(DESTDIR)$(PREFIX)/share/man/man5 $(DESTDIR)$(PREFIX)/share/bash-completion/completions
	install -m 755 $(B)/duizhao $(DESTDIR)$(PREFIX)/bin/duizhao
	install -m 644 glossary/*.tsv $(DESTDIR)$(PREFIX)/share/duizhao/glossary
	install -m 644 articles/* $(DESTDIR)$(PREFIX)/share/duizhao/articles
	install -m 644 $(B)/man/*.1 $(DESTDIR)$(PREFIX)/share/man/man1
	install -m 644 $(B)/man/*.5 $(DESTDIR)$(PREFIX)/share/man/man5
	$(B)/duizhao help --completion >$(DESTDIR)$(PREFIX)/share/bash-completion/completions/duizhao

uninstall: ## remove what install put there
	rm -f $(DESTDIR)$(PREFIX)/bin/duizhao $(DESTDIR)$(PREFIX)/share/man/man1/duizhao.1 \
		$(DESTDIR)$(PREFIX)/share/man/man5/duizhao-config.5 \
		$(DESTDIR)$(PREFIX)/share/man/man5/duizhao-glossary.5 \
		$(DESTDIR)$(PREFIX)/share/bash-completion/completions/duizhao
	rm -rf $(DESTDIR)$(PREFIX)/share/duizhao

dist: ## a source archive in build/
	@mkdir -p build
	git archive --prefix=duizhao-$(VERSION)/ -o build/duizhao-$(VERSION).tar.gz HEAD

clean: ## remove build/
	rm -rf build

help: ## show this list
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  %-10s %s\n",$$1,$$2}' $(MAKEFILE_LIST)

-include $(OBJECTS:.o=.d) $(B)/main.d
