import { Search, X } from 'lucide-react';
import type { RefObject } from 'react';
import { common } from '../words/common.ts';
import { IconButton } from './button.tsx';
import { classNames } from './class-names.ts';
import { headControlFrame } from './field.tsx';
import { Keys } from './keys.tsx';

export interface SearchFieldProps {
  readonly input: RefObject<HTMLInputElement | null>;
  /** What is searched: the page around it shows that, and screen readers hear it. */
  readonly label: string;
  readonly value: string;
  onChange(value: string): void;
}

/** What the engine takes at most. */
const longest = 512;

/** At the head of a page with a list: what is typed narrows it. Escape empties it, and then leaves it. */
export function SearchField({ input, label, value, onChange }: SearchFieldProps) {
  const isEmpty = value === '';
  return (
    <span className="@container relative min-w-27 max-w-64 flex-1 basis-27">
      <Search aria-hidden size={14} className="pointer-events-none absolute start-2.5 top-2 text-ink-3" />
      <input
        ref={input}
        type="search"
        aria-label={label}
        placeholder={common.search}
        autoComplete="off"
        spellCheck={false}
        maxLength={longest}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          event.stopPropagation();
          if (isEmpty) event.currentTarget.blur();
          else onChange('');
        }}
        className={classNames(
          headControlFrame,
          // Its text stands on the line of the buttons beside it.
          'w-full pb-0.5 ps-8 [&::-webkit-search-cancel-button]:hidden',
          // As much as the filled field keeps free: what was typed first stays in sight.
          isEmpty ? 'pe-8 @min-[11rem]:pe-14' : 'pe-8',
        )}
      />
      <span className="absolute end-2 top-0 flex h-full items-center">
        {isEmpty ? (
          <span aria-hidden className="hidden @min-[11rem]:inline">
            <Keys keys="Mod+F" />
          </span>
        ) : (
          <IconButton
            label={common.clearSearch}
            icon={X}
            className="-me-1 size-6"
            onClick={() => {
              onChange('');
              input.current?.focus();
            }}
          />
        )}
      </span>
    </span>
  );
}
