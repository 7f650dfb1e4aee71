import { Check } from 'lucide-react';
import { classNames } from '../ui/class-names.ts';

/** Where a pointer selects beside what is selected. Keys and screen readers do it on the row itself, which says that it is. */
export function SelectMark({
  isChosen,
  isShown,
  onToggle,
  className,
}: {
  readonly isChosen: boolean;
  /** False: only while the pointer is over its row. */
  readonly isShown: boolean;
  onToggle(): void;
  readonly className?: string;
}) {
  return (
    <span
      aria-hidden
      onClick={(event) => {
        event.stopPropagation();
        onToggle();
      }}
      className={classNames(
        'flex size-7 items-center justify-center',
        !isShown && !isChosen && 'opacity-0 group-hover:opacity-100',
        className,
      )}
    >
      <span
        className={classNames(
          'flex size-4 items-center justify-center rounded-sm border',
          isChosen ? 'border-accent bg-accent text-on-accent' : 'border-edge bg-panel',
        )}
      >
        {isChosen && <Check size={12} strokeWidth={3} />}
      </span>
    </span>
  );
}
