import { Autocomplete } from '@base-ui/react/autocomplete';
import { Folder } from 'lucide-react';
import { type ReactNode, type Ref, useState } from 'react';
import { classNames } from '../ui/class-names.ts';
import { controlFrame, Field } from '../ui/field.tsx';
import { splitTyped, suggest } from './typed-path.ts';
import { useDebounced } from './use-debounced.ts';
import { useListing } from './use-listing.ts';

export interface PathFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly error?: string | null | undefined;
  readonly value: string;
  onChange(value: string): void;
  readonly isReadOnly?: boolean;
  readonly inputRef?: Ref<HTMLInputElement> | undefined;
  /** Behind the field: a button that helps to choose. */
  readonly children?: ReactNode;
}

const pauseMs = 120;

/** A path, with the folders that may be meant as it is typed. */
export function PathField(props: PathFieldProps) {
  const { label, hint, error, value, onChange, isReadOnly = false, inputRef, children } = props;
  const [isWanted, setIsWanted] = useState(false);
  const typed = splitTyped(value);
  const directory = useDebounced(typed.directory, pauseMs);
  const listing = useListing(isReadOnly ? undefined : (directory ?? undefined));
  const isCurrent = listing !== null && listing.path === typed.directory;
  const found = isCurrent ? suggest(listing.value?.directories ?? [], typed.beginning) : [];
  const lead = typed.directory === '~' ? '~/' : (typed.directory ?? '');
  // What stands there in full needs no suggestion.
  const items = found.map(({ name }) => lead + name).filter((path) => path !== value);
  return (
    <Field label={label} hint={hint} error={error}>
      <Autocomplete.Root
        items={items}
        value={value}
        onValueChange={(next) => onChange(next)}
        filter={null}
        // An open list hides the rest from screen readers: one that holds nothing is closed.
        open={isWanted && items.length > 0}
        onOpenChange={setIsWanted}
        readOnly={isReadOnly}
      >
        <div className="flex gap-2">
          <Autocomplete.Input
            {...(inputRef === undefined ? {} : { ref: inputRef })}
            dir="auto"
            title={isReadOnly ? value : undefined}
            autoComplete="off"
            spellCheck={false}
            onBlur={() => setIsWanted(false)}
            className={classNames(controlFrame, 'min-w-0 flex-1', isReadOnly && 'bg-canvas! text-ink-2')}
          />
          {children}
        </div>
        <Autocomplete.Portal>
          <Autocomplete.Positioner sideOffset={4} align="start" className="z-50 outline-hidden">
            <Autocomplete.Popup className="w-(--anchor-width) max-w-(--available-width) rounded-lg border border-line bg-panel text-ink shadow-pop">
              <Autocomplete.List className="max-h-[min(18rem,var(--available-height))] overflow-y-auto py-1 outline-hidden">
                {(path: string) => (
                  <Autocomplete.Item
                    key={path}
                    value={path}
                    className="mx-1 flex select-none items-center gap-2 rounded-md px-2 py-1.5 outline-hidden data-highlighted:bg-accent-soft"
                  >
                    <Folder aria-hidden size={14} className="shrink-0 text-ink-3" />
                    <span className="truncate">{path.slice(lead.length)}</span>
                  </Autocomplete.Item>
                )}
              </Autocomplete.List>
            </Autocomplete.Popup>
          </Autocomplete.Positioner>
        </Autocomplete.Portal>
      </Autocomplete.Root>
    </Field>
  );
}
