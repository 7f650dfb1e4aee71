import type { ProviderKind } from '#shared/destination.ts';
import { classNames } from '../ui/class-names.ts';
import { destinationWords as words } from '../words/destinations.ts';

const colors: Readonly<Record<ProviderKind, string>> = {
  runflow: 'bg-runflow',
  flora: 'bg-flora',
  cyberun: 'bg-cyberun',
  pupload: 'bg-pupload',
};

/** A lettered tile, so that services are told apart at a glance; beside their name. */
export function ServiceMark({
  kind,
  isLarge = false,
}: {
  readonly kind: ProviderKind;
  readonly isLarge?: boolean;
}) {
  return (
    <span
      aria-hidden
      className={classNames(
        'flex shrink-0 items-center justify-center rounded-lg font-semibold text-on-mark',
        colors[kind],
        isLarge ? 'size-9.5 text-base' : 'size-6 rounded-md text-xs',
      )}
    >
      {words.kinds[kind].name.charAt(0)}
    </span>
  );
}
