import { classNames } from '../../ui/class-names.ts';
import type { LineMark } from './timeline-lines.ts';

/** A shape and a tone for each; the words beside say the same. */
const shapes: Readonly<Record<LineMark, string>> = {
  done: 'rounded-full bg-ok',
  note: 'size-1.5! rounded-full bg-ink-3',
  warn: 'rotate-45 rounded-[1px] bg-warn',
  bad: 'rounded-[1px] bg-bad',
  now: 'rounded-full bg-accent outline-3 outline-accent-soft',
  rest: 'rounded-full border-2 border-ink-3',
  next: 'rounded-full border border-edge',
};

export function LineMarkSign({ mark }: { readonly mark: LineMark }) {
  return (
    <span aria-hidden className="flex size-3 shrink-0 items-center justify-center">
      <span className={classNames('size-2', shapes[mark])} />
    </span>
  );
}
