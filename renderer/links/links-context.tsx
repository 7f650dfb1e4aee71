import { createContext, type ReactNode, useContext } from 'react';
import type { UploadJob } from '#shared/job.ts';
import type { JobList } from '../live/job-list.ts';
import type { WantedFormat } from './copy-link.ts';
import type { ShownRows } from './shown-rows.ts';
import type { LinkFilter } from './use-link-filter.ts';
import type { LinkSelection } from './use-link-selection.ts';

/** What can be done here; each says itself what came of it. */
export interface LinkDoings {
  /** Of what is selected, or else of everything that is found; without a format as the settings have it. */
  copy(format?: WantedFormat): void;
  copyOne(job: UploadJob, format?: WantedFormat): void;
  open(job: UploadJob): void;
  details(job: UploadJob): void;
  showInFolder(job: UploadJob): void;
  sendAgain(job: UploadJob): void;
  /** What is selected. */
  remove(): void;
  removeOne(job: UploadJob): void;
  /** `job`: what the preview is of; null: of what is selected, or the newest. */
  editTemplate(job: UploadJob | null): void;
}

/** The links page's own state, for all of its parts. */
export interface Links {
  readonly filter: LinkFilter;
  readonly list: JobList;
  readonly rows: ShownRows;
  readonly selection: LinkSelection;
  /** How many are selected. */
  readonly selected: number;
  readonly doings: LinkDoings;
}

const Context = createContext<Links | null>(null);

export function LinksProvider({ value, children }: { readonly value: Links; readonly children: ReactNode }) {
  return <Context value={value}>{children}</Context>;
}

export function useLinks(): Links {
  const value = useContext(Context);
  if (value === null) throw new Error('There is no LinksProvider around this.');
  return value;
}
