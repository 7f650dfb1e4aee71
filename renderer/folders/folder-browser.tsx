import { Popover } from '@base-ui/react/popover';
import { ChevronRight, Folder } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { explainFailure } from '#shared/failure.ts';
import type { DirectoryListing } from '#shared/ipc.ts';
import { Button } from '../ui/button.tsx';
import { common } from '../words/common.ts';
import { folderFormWords as words } from '../words/folders.ts';
import { breadcrumbs } from './typed-path.ts';
import { useListing } from './use-listing.ts';

/** A button that opens a small browser of folders, for hosts without a dialog of their own. */
export function FolderBrowser({ from, onChoose }: { readonly from: string; onChoose(path: string): void }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Popover.Root open={isOpen} onOpenChange={setIsOpen}>
      <Popover.Trigger render={<Button className="h-8.5">{words.browse}</Button>} />
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} align="end" className="z-50 outline-hidden">
          <Popover.Popup className="flex max-h-[min(24rem,var(--available-height))] w-90 max-w-(--available-width) flex-col overflow-hidden rounded-xl border border-line bg-panel text-ink shadow-pop outline-hidden">
            <Popover.Title className="sr-only">{words.browseTitle}</Popover.Title>
            <Browser
              from={from}
              onChoose={(path) => {
                onChoose(path);
                setIsOpen(false);
              }}
            />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Browser({ from, onChoose }: { readonly from: string; onChoose(path: string): void }) {
  // Null: the home folder.
  const [path, setPath] = useState(from.trim() === '' ? null : from.trim());
  const listing = useListing(path);
  const value = listing?.value ?? null;
  const isLoading = listing === null || listing.path !== path;
  return (
    <>
      {value !== null && <Breadcrumbs path={value.path} onGo={setPath} />}
      <div aria-busy={isLoading} className="min-h-30 flex-1 overflow-y-auto border-line border-y py-1">
        {value === null ? (
          <p className="m-0 px-3.5 py-2 text-ink-2">{listing?.error ?? common.loading}</p>
        ) : (
          <Directories listing={value} onGo={setPath} />
        )}
      </div>
      <div className="flex justify-end gap-2 bg-canvas px-3 py-2.5">
        <Popover.Close render={<Button>{common.cancel}</Button>} />
        <Button
          tone="primary"
          disabled={value === null || value.failure !== null || isLoading}
          onClick={() => value !== null && onChoose(value.path)}
        >
          {words.choose}
        </Button>
      </div>
    </>
  );
}

function Breadcrumbs({ path, onGo }: { readonly path: string; onGo(path: string): void }) {
  const steps = breadcrumbs(path);
  return (
    <nav aria-label={words.breadcrumbs} className="px-2 py-2">
      <ol className="m-0 flex list-none flex-wrap items-center gap-y-0.5 p-0">
        {steps.map((step, index) => {
          const isLast = index === steps.length - 1;
          return (
            <li key={step.path} className="flex min-w-0 items-center">
              {index > 0 && (
                <ChevronRight aria-hidden size={12} className="shrink-0 text-ink-3 rtl:rotate-180" />
              )}
              <button
                type="button"
                aria-current={isLast ? 'location' : undefined}
                onClick={() => onGo(step.path)}
                className="max-w-40 truncate rounded-sm px-1.5 py-0.5 text-ink-2 text-sm hover:bg-hover aria-[current]:font-medium aria-[current]:text-ink"
              >
                {step.name}
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

function Directories({ listing, onGo }: { readonly listing: DirectoryListing; onGo(path: string): void }) {
  if (listing.failure !== null) {
    const { reason, hint } = explainFailure(listing.failure);
    const text = listing.failure.message === '' ? `${reason} ${hint}` : listing.failure.message;
    return (
      <p role="alert" className="m-0 px-3.5 py-2 text-warn break-words">
        {text}
      </p>
    );
  }
  if (listing.directories.length === 0) {
    return <p className="m-0 px-3.5 py-2 text-ink-2">{words.noFolders}</p>;
  }
  return (
    <ul className="m-0 list-none p-0" onKeyDown={moveFocus}>
      {listing.directories.map(({ name, path }) => (
        <li key={path} className="px-1">
          <button
            type="button"
            onClick={() => onGo(path)}
            className="flex w-full items-center gap-2 rounded-md px-2 py-1.5 text-start hover:bg-hover focus-visible:bg-accent-soft focus-visible:-outline-offset-2"
          >
            <Folder aria-hidden size={14} className="shrink-0 text-ink-3" />
            <span className="truncate">{name}</span>
          </button>
        </li>
      ))}
      {listing.isCut && (
        <li className="px-3 py-1.5 text-ink-3 text-sm">{words.isCut(listing.directories.length)}</li>
      )}
    </ul>
  );
}

/** The arrow keys go through the folders, as in any list. */
function moveFocus(event: KeyboardEvent<HTMLUListElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const index = buttons.findIndex((button) => button.matches(':focus'));
  const next = buttons[index + (event.key === 'ArrowDown' ? 1 : -1)];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
