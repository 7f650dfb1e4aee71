import { MiddleCut } from '../../ui/middle-cut.tsx';
import { bytes } from '../../words/amounts.ts';
import { dropWords as words } from '../../words/drop.ts';
import { namedFiles } from './named-files.ts';

export interface GivenFilesProps {
  readonly files: readonly { readonly name: string; readonly size: number }[];
  /** With those whose names nobody knows yet. */
  readonly count: number;
}

/** The first of the files by name, so that it is seen at a glance whether they are the right ones. */
export function GivenFiles({ files, count }: GivenFilesProps) {
  const named = namedFiles(files, count);
  if (named.length === 0) return null;
  const rest = count - named.length;
  return (
    <ul
      aria-label={words.filesLabel}
      className="mt-2 mb-0 flex list-none flex-col gap-1 rounded-md border border-line bg-canvas px-3 py-2 text-sm"
    >
      {named.map(({ name, size }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: files of several folders may have the same name, and their order stays.
        <li key={`${index} ${name}`} className="flex items-baseline gap-4">
          <span className="min-w-0 flex-1">
            <MiddleCut text={name} />
          </span>
          <span className="shrink-0 text-ink-3">{bytes(size)}</span>
        </li>
      ))}
      {rest > 0 && <li className="text-ink-2">{words.andMore(rest)}</li>}
    </ul>
  );
}
