import type { FileClass } from '#ports/journal.ts';

/** What is known and what was just read of one path. */
export interface Sighting {
  /** The row there is; null for a path that is new. */
  readonly known: { readonly fileClass: FileClass; readonly rule: string | null } | null;
  /** Whether the content is the one that was last read (by size, mtime and inode). */
  readonly isSameVersion: boolean;
  /** The rule that ignores the file now; null if none does. */
  readonly rule: string | null;
  /** The class of the row whose very file this is, under another path that is gone; null where there is none. */
  readonly movedFrom: 'baseline' | 'job' | null;
  /** The first walk of a folder that leaves what is already there. */
  readonly takesBaseline: boolean;
}

export type Verdict = 'same' | 'baseline' | 'ignored' | 'settle' | 'moved';

/**
 * The class of a file:
 * - a rule ignores it, unless it is a job that did not change (a rule that comes later takes no upload back);
 * - a moved job or baseline file stays what it was;
 * - what the first walk finds is baseline where the folder says so;
 * - everything else that is new, or has new content, settles. So does a baseline file that changed: the new content was
 *   not there when the folder was added.
 */
export function classify(sighting: Sighting): Verdict {
  const { known, rule, isSameVersion } = sighting;
  if (rule !== null) {
    if (known === null) return 'ignored';
    if (known.fileClass === 'job' && isSameVersion) return 'same';
    // An ignored file may grow all day (a download): its row says which rule, and that stays.
    return known.fileClass === 'ignored' && known.rule === rule ? 'same' : 'ignored';
  }
  if (known === null) {
    if (sighting.movedFrom !== null) return 'moved';
    return sighting.takesBaseline ? 'baseline' : 'settle';
  }
  if (known.fileClass === 'ignored') return sighting.takesBaseline ? 'baseline' : 'settle';
  return isSameVersion ? 'same' : 'settle';
}
