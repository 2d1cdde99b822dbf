/* What the files of text/ share. */
#ifndef TEXT_INTERNAL_H
#define TEXT_INTERNAL_H

#include <stdint.h>

/* 0: both scripts use it or neither; 1: only traditional text; 2: only simplified text. */
unsigned fold_script(uint32_t cp);

#endif
