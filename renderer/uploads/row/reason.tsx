import { classNames } from '../../ui/class-names.ts';
import type { RowReason } from './row-words.ts';

const tones: Readonly<Record<RowReason['tone'], string>> = {
  neutral: 'text-ink-2',
  warn: 'text-warn',
  bad: 'text-bad',
};

/** Why a row does not go on and what to do: whole on two lines, or on one with the rest in the tooltip. */
export function Reason({ reason, isOneLine }: { readonly reason: RowReason; readonly isOneLine: boolean }) {
  const { text, detail, tone } = reason;
  return (
    <span
      title={detail === '' ? text : `${text}\n\n${detail}`}
      className={classNames(
        'text-xs leading-[1.25]',
        tones[tone],
        isOneLine ? 'block min-w-0 truncate' : 'block',
      )}
    >
      <bdi>{text}</bdi>
    </span>
  );
}
