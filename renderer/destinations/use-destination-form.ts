import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { needsKey } from '#shared/destination.ts';
import type { DestinationView, VerificationView } from '#shared/ipc.ts';
import { reasonOf } from '../live/attempt.ts';
import { useLive, useWindow } from '../live/window-context.tsx';
import { type DraftForm, draftOf, type Lack, patchOf, problemsOf, whyNotYet } from './draft.ts';
import { type FieldPlace, useFieldPlace } from './use-field-place.ts';

/** `isAsked`: a person pressed the button; else it began by itself. */
export type TestState =
  | { readonly name: 'idle' }
  | { readonly name: 'running'; readonly isAsked: boolean }
  | { readonly name: 'ended'; readonly isAsked: boolean; readonly view: VerificationView }
  | { readonly name: 'broken'; readonly isAsked: boolean; readonly reason: string };

export interface DestinationForm {
  readonly form: DraftForm;
  set(change: Partial<DraftForm>): void;
  setText(name: string, value: string): void;
  /** Typed just now; never one of the engine's. */
  readonly key: string;
  setKey(key: string): void;
  readonly problems: ReadonlyMap<string, string>;
  readonly isComplete: boolean;
  /** What must be done before it can be saved; null: nothing. */
  readonly why: Lack | null;
  /** Goes to the field where that is done; undefined: it is not in a single one. */
  readonly goToWhy: (() => void) | undefined;
  /** Where its fields are, and how to go to one of them. */
  readonly place: FieldPlace;
  readonly test: TestState;
  runTest(isAsked: boolean): void;
  /** Null where it was refused; then `refusal` says why. */
  save(): Promise<DestinationView | null>;
  readonly refusal: string | null;
}

/** A destination that is being made, or changed where `existing` is one. */
export function useDestinationForm(initial: DraftForm, existing: DestinationView | null): DestinationForm {
  const { api } = useWindow();
  const destinations = useLive((live) => live.destinations);
  const [form, setForm] = useState(initial);
  const [key, setKey] = useState('');
  const [test, setTest] = useState<TestState>({ name: 'idle' });
  const [refusal, setRefusal] = useState<string | null>(null);
  const place = useFieldPlace();
  const newest = useRef(0);
  const existingId = existing?.destination.id ?? null;

  const problems = useMemo(() => {
    const others = destinations.filter(({ destination }) => destination.id !== existingId);
    return problemsOf(
      form,
      others.map(({ destination }) => destination.name),
    );
  }, [form, destinations, existingId]);
  const hasKey = !needsKey[form.kind] || key !== '' || existing?.hasKey === true;
  const why = whyNotYet(form, problems, hasKey);
  const isComplete = why === null;
  const lacking = why?.field ?? null;

  // What was tested is no longer what stands there.
  // biome-ignore lint/correctness/useExhaustiveDependencies: they are what was tested.
  useEffect(() => {
    newest.current++;
    setTest({ name: 'idle' });
  }, [form, key]);

  const runTest = useCallback(
    async (isAsked: boolean) => {
      const own = ++newest.current;
      setTest({ name: 'running', isAsked });
      const ended = await api
        .testDestinationDraft(draftOf(form), key === '' ? null : key, existingId)
        .then((view): TestState => ({ name: 'ended', isAsked, view }))
        .catch((error): TestState => ({ name: 'broken', isAsked, reason: reasonOf(error) }));
      if (newest.current === own) setTest(ended);
    },
    [api, form, key, existingId],
  );

  const save = useCallback(async () => {
    setRefusal(null);
    try {
      if (existingId === null) {
        const added = await api.addDestination(draftOf(form), key === '' ? null : key);
        setKey('');
        return added;
      }
      const changed = await api.updateDestination(existingId, patchOf(form));
      const view = key === '' ? changed : await api.setDestinationKey(existingId, key);
      setKey('');
      return view;
    } catch (error) {
      setRefusal(reasonOf(error));
      return null;
    }
  }, [api, form, key, existingId]);

  return {
    form,
    set: (change) => setForm((before) => ({ ...before, ...change })),
    setText: (name, value) => setForm((before) => ({ ...before, texts: { ...before.texts, [name]: value } })),
    key,
    setKey,
    problems,
    isComplete,
    why,
    goToWhy: lacking === null ? undefined : () => place.goTo(lacking),
    place,
    test,
    runTest: (isAsked) => void runTest(isAsked),
    save,
    refusal,
  };
}
