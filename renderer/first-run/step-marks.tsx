import { classNames } from '../ui/class-names.ts';
import { firstRunWords as words } from '../words/first-run.ts';

/** "1 Service · 2 Key · 3 Folder · 4 Done", the current one strong. */
export function StepMarks({ current }: { readonly current: number }) {
  return (
    <ol className="m-0 flex list-none flex-wrap justify-center gap-x-2 p-0 text-ink-3">
      {words.steps.map((name, index) => {
        const isCurrent = index + 1 === current;
        return (
          <li
            key={name}
            aria-current={isCurrent ? 'step' : undefined}
            className={classNames('flex gap-2', isCurrent && 'font-semibold text-ink')}
          >
            {index > 0 && (
              <span aria-hidden className="font-normal text-ink-3">
                ·
              </span>
            )}
            {index + 1} {name}
          </li>
        );
      })}
    </ol>
  );
}
