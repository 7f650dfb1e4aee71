import { classNames } from './class-names.ts';
import { keyNames } from './key-names.ts';

/** A shortcut, as the keys of this system are called. */
export function Keys({ keys, isInverted = false }: { readonly keys: string; readonly isInverted?: boolean }) {
  return (
    <kbd
      className={classNames(
        'inline-block rounded-sm border px-1 pt-px font-sans text-[0.65625rem] font-medium leading-[0.9375rem] whitespace-nowrap',
        isInverted ? 'border-current opacity-75' : 'border-edge/60 text-ink-3',
      )}
    >
      {keyNames(keys)}
    </kbd>
  );
}
