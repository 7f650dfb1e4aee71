import { type ReactNode, useId } from 'react';
import { classNames } from '../ui/class-names.ts';

export interface SettingRowProps {
  readonly label: string;
  readonly hint?: ReactNode;
  /** Gets the id of the words that name it. */
  children(labelId: string): ReactNode;
}

/** The words of a setting at the start, its control at the end; below each other where there is no room. */
export function SettingRow({ label, hint, children }: SettingRowProps) {
  const id = useId();
  return (
    <div
      className={classNames(
        'flex flex-wrap justify-between gap-x-6 gap-y-1.5',
        hint === undefined ? 'items-center' : 'items-start',
      )}
    >
      <div className="min-w-0 flex-1 basis-50">
        <div id={id} className="font-medium">
          {label}
        </div>
        {hint !== undefined && <p className="mt-0.5 mb-0 text-ink-3 text-sm">{hint}</p>}
      </div>
      {children(id)}
    </div>
  );
}
