/*
 * The verbs: one file each, one row each in the table of verbs.c, from which help, manual and
 * completion are printed.
 */
#ifndef COMMAND_COMMAND_H
#define COMMAND_COMMAND_H

/* Runs the program; answers its exit status: 0 done, 1 nothing found, 2 wrong use or bad input. */
int command_main(int argc, char **argv);

#endif
