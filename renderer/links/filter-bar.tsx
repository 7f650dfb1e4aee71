import { LayoutGrid, List, type LucideIcon } from 'lucide-react';
import { type RefObject, useId } from 'react';
import { ServiceMark } from '../destinations/service-mark.tsx';
import { useLive } from '../live/window-context.tsx';
import { IconButton } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { headControlFrame } from '../ui/field.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { Select } from '../ui/select.tsx';
import { linkWords as words } from '../words/links.ts';
import { dateChoices } from './link-filter.ts';
import { useLinks } from './links-context.tsx';
import { setViewMode, useViewMode, type ViewMode } from './view-mode.ts';

const everywhere = 'all';

/** What narrows the list, and how it is shown. */
export function FilterBar({ searchField }: { readonly searchField: RefObject<HTMLInputElement | null> }) {
  const { filter } = useLinks();
  const { wish, change } = filter;
  const views = useLive((live) => live.destinations);
  const destinations = [
    { value: everywhere, label: words.allDestinations },
    ...views.map(({ destination }) => ({
      value: destination.id,
      label: destination.name,
      mark: <ServiceMark kind={destination.kind} />,
    })),
  ];
  return (
    <>
      <SearchField
        input={searchField}
        label={words.search}
        value={wish.search}
        onChange={(search) => change({ search })}
      />
      <span className="w-38 @max-[38rem]:w-36">
        <Select
          isInHead
          label={words.destination}
          value={wish.destinationId ?? everywhere}
          options={destinations}
          onChange={(id) => change({ destinationId: id === everywhere ? null : id })}
        />
      </span>
      <span className="w-40 @max-[38rem]:w-30">
        <Select
          isInHead
          label={words.date}
          value={wish.date}
          options={dateChoices.map((value) => ({ value, label: words.dates[value] }))}
          onChange={(date) => change({ date })}
        />
      </span>
      {wish.date === 'own' && (
        <span className="flex items-center gap-2">
          <DayField
            label={words.from}
            value={wish.from}
            max={wish.until}
            onChange={(from) => change({ from })}
          />
          <DayField
            label={words.until}
            value={wish.until}
            min={wish.from}
            onChange={(until) => change({ until })}
          />
        </span>
      )}
      <ViewSwitch />
    </>
  );
}

function DayField(props: {
  readonly label: string;
  readonly value: string;
  readonly min?: string;
  readonly max?: string;
  onChange(value: string): void;
}) {
  const id = useId();
  const { label, value, min = '', max = '', onChange } = props;
  return (
    <span className="flex items-center gap-1.5">
      <label htmlFor={id} className="text-ink-2 text-sm">
        {label}
      </label>
      <input
        id={id}
        type="date"
        value={value}
        min={min === '' ? undefined : min}
        max={max === '' ? undefined : max}
        onChange={(event) => onChange(event.target.value)}
        className={classNames(headControlFrame, 'max-w-36')}
      />
    </span>
  );
}

const modes: readonly (readonly [ViewMode, LucideIcon, string])[] = [
  ['cards', LayoutGrid, words.asCards],
  ['list', List, words.asList],
];

function ViewSwitch() {
  const current = useViewMode();
  return (
    // biome-ignore lint/a11y/useSemanticElements: two buttons are no fields of a form.
    <div
      role="group"
      aria-label={words.view}
      className="flex h-7.5 items-center gap-px rounded-md bg-mute px-0.5"
    >
      {modes.map(([mode, icon, label]) => (
        <IconButton
          key={mode}
          label={label}
          icon={icon}
          aria-pressed={mode === current}
          onClick={() => setViewMode(mode)}
          tone={mode === current ? 'plain' : 'quiet'}
          className="size-6.5!"
        />
      ))}
    </div>
  );
}
