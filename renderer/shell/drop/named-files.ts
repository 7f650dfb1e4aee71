/** As many as are read at a glance; a line that says "and 1 more" could as well be that one. */
const lines = 5;

/** Those of `files` that are named where there are `count` in all: one line is left for the others. */
export const namedFiles = <F>(files: readonly F[], count: number): readonly F[] =>
  files.slice(0, count > lines ? lines - 1 : lines);
