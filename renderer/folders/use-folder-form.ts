import { useCallback, useMemo, useState } from 'react';
import { type Failure, failure } from '#shared/failure.ts';
import { ContractError, type WatchFolderView } from '#shared/ipc.ts';
import { reasonOf } from '../live/attempt.ts';
import { useLive, useWindow } from '../live/window-context.tsx';
import {
  draftOf,
  type FolderForm,
  type FormField,
  type FormPlace,
  patchOf,
  problemsOf,
  whyNotYet,
} from './folder-form.ts';
import { type PlacedFailure, placeFailure } from './save-failure.ts';
import { type DryRunState, useDryRun } from './use-dry-run.ts';

export interface FolderFormState {
  readonly form: FolderForm;
  set(change: Partial<FolderForm>): void;
  /** The person is done with a field: what is wrong with it may be told. */
  leave(field: FormField): void;
  /** What is wrong with a field, as far as it may be told. */
  errorOf(field: FormField): string | null;
  readonly place: FormPlace;
  readonly existing: WatchFolderView | null;
  readonly dryRun: DryRunState;
  /** Why it was not taken, where that belongs to no field. */
  readonly refusal: string | null;
  /** What must be done before it can be saved; null: nothing. */
  readonly why: string | null;
  readonly isSaving: boolean;
  /** Null where it was not saved; the form says why. */
  save(): Promise<WatchFolderView | null>;
}

const allFields: readonly FormField[] = [
  'path',
  'destinationId',
  'after',
  'moveTo',
  'ignore',
  'minSize',
  'maxSize',
  'settleSeconds',
  'changed',
];

/** What a form may offer here. */
export function useFormPlace(): FormPlace {
  const destinations = useLive((live) => live.destinations);
  const isDesktop = useLive(({ engine }) => engine?.host === 'desktop');
  return useMemo(() => ({ destinations, isDesktop }), [destinations, isDesktop]);
}

/** A watch folder that is being added, or changed where `existing` is one. */
export function useFolderForm(initial: FolderForm, existing: WatchFolderView | null): FolderFormState {
  const { api } = useWindow();
  const place = useFormPlace();
  const [form, setForm] = useState(initial);
  const [left, setLeft] = useState<ReadonlySet<FormField>>(new Set());
  const [refused, setRefused] = useState<PlacedFailure | null>(null);
  const [isSaving, setIsSaving] = useState(false);
  const dryRun = useDryRun(form, existing?.folder.id ?? null);
  const problems = useMemo(() => problemsOf(form, place), [form, place]);

  const set = useCallback((change: Partial<FolderForm>) => {
    setForm((before) => ({ ...before, ...change }));
    // What was refused is no longer what stands there.
    setRefused((before) => (before?.field == null || before.field in change ? null : before));
  }, []);
  const leave = useCallback((field: FormField) => setLeft((before) => new Set([...before, field])), []);

  async function save(): Promise<WatchFolderView | null> {
    setLeft(new Set(allFields));
    setRefused(null);
    if (problems.size > 0 || isSaving) return null;
    setIsSaving(true);
    try {
      return await (existing === null ? add() : change(existing));
    } catch (error) {
      setRefused(
        error instanceof ContractError ? placeFailure(error.failure) : { field: null, text: reasonOf(error) },
      );
      return null;
    } finally {
      setIsSaving(false);
    }
  }

  async function add(): Promise<WatchFolderView> {
    const listing = await api.listDirectories(form.path.trim());
    if (listing.failure !== null) throw new ContractError(ofPath(listing.failure));
    const draft = draftOf(form, listing.path);
    if (draft === null) throw new ContractError(failure('invalid'));
    return api.addWatchFolder(draft);
  }

  async function change({ folder }: WatchFolderView): Promise<WatchFolderView> {
    const draft = draftOf(form, folder.path);
    if (draft === null) throw new ContractError(failure('invalid'));
    return api.updateWatchFolder(folder.id, patchOf(draft, folder));
  }

  return {
    form,
    set,
    leave,
    errorOf: (field) =>
      refused?.field === field ? refused.text : ((left.has(field) ? problems.get(field) : null) ?? null),
    place,
    existing,
    dryRun,
    why: whyNotYet(form, problems),
    refusal: refused !== null && refused.field === null ? refused.text : null,
    isSaving,
    save,
  };
}

/** Why a folder cannot be read, said as what it is here: no folder to watch. */
const ofPath = (why: Failure): Failure => {
  const { message } = why;
  return message === '' ? why : failure('folder-refused', message, why.facts);
};
