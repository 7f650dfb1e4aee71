import { TriangleAlert } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { DestinationView, KindDescription } from '#shared/ipc.ts';
import { stateOf } from '../../destinations/destination-state.ts';
import { useIsGone } from '../../live/use-is-gone.ts';
import { useLive, useWindow } from '../../live/window-context.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Dot } from '../../ui/pill.tsx';
import { type Option, Select } from '../../ui/select.tsx';
import { addToQueue } from '../../uploads/add-files.ts';
import { bytes } from '../../words/amounts.ts';
import { common } from '../../words/common.ts';
import { dropWords as words } from '../../words/drop.ts';
import { sayFailure } from '../../words/failures.ts';
import { shell } from '../../words/shell.ts';
import { openOverlay } from '../navigation.ts';
import { WhileRunning } from '../while-running.tsx';
import { type Asked, endAsking } from './drop-store.ts';
import { GivenFiles } from './given-files.tsx';
import { placeOf, waitOf } from './place.ts';
import { judgeFiles, limitsOf, type Refusal } from './refusals.ts';
import { noFolders, useFolderPreviews } from './use-folder-previews.ts';
import { useWalk } from './use-walk.ts';

/** Asks once, where there is something to ask: a folder came, Alt was held, or not all of the files are taken. */
export function GiveDialog({
  asked,
  kinds,
}: {
  readonly asked: Asked;
  readonly kinds: readonly KindDescription[];
}) {
  const context = useWindow();
  const destinations = useLive((live) => live.destinations);
  const [destinationId, setDestinationId] = useState(asked.destinationId);
  const walk = useWalk(asked.folders);
  const preview = useFolderPreviews(asked.givenFolders, destinationId);
  const inGiven = preview ?? noFolders;
  const files = useMemo(() => [...asked.files, ...walk.files], [asked.files, walk.files]);
  const size = useMemo(() => files.reduce((sum, file) => sum + file.size, 0), [files]) + inGiven.bytes;
  const view = destinations.find(({ destination }) => destination.id === destinationId);
  const { taken, refusals } = useMemo(
    () => (view === undefined ? { taken: files, refusals: [] } : judgeFiles(files, limitsOf(view, kinds))),
    [files, view, kinds],
  );
  const isPaused = useLive((live) => live.settings?.isPaused === true);
  const waits = view === undefined ? null : waitOf(view, isPaused);
  const folderNames = [...asked.folders, ...asked.givenFolders].map(({ name }) => name);
  const hasFolder = folderNames.length > 0;
  const isCounting = walk.isCounting || preview === null;
  const all = files.length + inGiven.files;
  const willGo = taken.length + inGiven.files;
  const leftOut = walk.leftOut + inGiven.leftOut;
  const hasUncounted = inGiven.uncounted > 0;

  const upload = () => {
    endAsking();
    void addToQueue(context, [...taken, ...asked.givenFolders], destinationId);
  };
  const watch = () => {
    const [folder] = asked.givenFolders;
    endAsking();
    openOverlay({ name: 'folder', id: null, ...(folder === undefined ? {} : { path: folder.path }) });
  };

  return (
    <Dialog
      isOpen
      onClose={endAsking}
      title={words.askTitle}
      description={hasFolder ? words.inFolders(folderNames) : undefined}
      width="medium"
      footer={
        <>
          <Button onClick={endAsking}>{common.cancel}</Button>
          {hasFolder && <Button onClick={watch}>{words.watchInstead}</Button>}
          <WhileRunning>
            <Button tone="primary" disabled={isCounting || (willGo === 0 && !hasUncounted)} onClick={upload}>
              {hasUncounted
                ? words.uploadAll
                : refusals.length > 0 && taken.length > 0
                  ? words.uploadOthers(willGo)
                  : words.uploadThese(all)}
            </Button>
          </WhileRunning>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <div>
          <p role="status" className="m-0 font-medium">
            {isCounting
              ? words.counting(asked.files.length + walk.counted)
              : all === 0 && !hasUncounted
                ? words.nothingFound
                : words.found(all, bytes(size))}
          </p>
          {!isCounting && (leftOut > 0 || walk.unreadable > 0 || hasUncounted) && (
            <p className="mt-0.5 mb-0 text-ink-2 text-sm">
              {[
                leftOut > 0 ? words.litter(leftOut) : null,
                walk.unreadable > 0 ? words.unreadable(walk.unreadable) : null,
                hasUncounted ? words.uncounted(inGiven.uncounted) : null,
              ]
                .filter((part) => part !== null)
                .join(' · ')}
            </p>
          )}
          {!isCounting && <GivenFiles files={files} count={all} />}
        </div>
        <DestinationField value={destinationId} hint={waits} onChange={setDestinationId} />
        <Refusals refusals={refusals} isNoneTaken={willGo === 0} />
        <Refusals refusals={inGiven.refusals} isNoneTaken={false} isQueuedAnyway />
        {hasFolder && context.host.chooseFolder === null && (
          <p className="m-0 text-ink-2 text-sm">{words.watchHint}</p>
        )}
      </div>
    </Dialog>
  );
}

interface DestinationFieldProps {
  readonly value: string;
  /** What the files wait for there; null: nothing. */
  readonly hint: string | null;
  onChange(destinationId: string): void;
}

/** The places, each with how it stands. */
function DestinationField({ value, hint, onChange }: DestinationFieldProps) {
  const destinations = useLive((live) => live.destinations);
  const isKnown = !useIsGone();
  const optionOf = (view: DestinationView): Option<string> => {
    const { tone, word } = stateOf(view, 0);
    const shared = { value: view.destination.id, label: placeOf(view) };
    return isKnown
      ? { ...shared, mark: <Dot tone={tone} />, note: word }
      : { ...shared, mark: <Dot tone="unknown" />, note: shell.notKnown };
  };
  return (
    <Field label={words.to} hint={hint ?? undefined}>
      <Select value={value} options={destinations.map(optionOf)} onChange={onChange} />
    </Field>
  );
}

interface RefusalsProps {
  readonly refusals: readonly Refusal[];
  readonly isNoneTaken: boolean;
  /** Their folder is given as it is: they stand in the list, with their reason. */
  readonly isQueuedAnyway?: boolean;
}

function Refusals({ refusals, isNoneTaken, isQueuedAnyway = false }: RefusalsProps) {
  if (refusals.length === 0) return null;
  return (
    <div role="note" className="flex gap-2.5 rounded-md bg-warn-soft px-3 py-2.5 text-warn">
      <TriangleAlert aria-hidden size={16} className="mt-0.5 shrink-0" />
      <ul className="m-0 flex min-w-0 list-none flex-col gap-1 p-0 break-words">
        {refusals.map(({ failure, files, example }) => (
          <li key={failure.code}>{words.notTaken(files, sentencesOf(failure, example), example)}</li>
        ))}
        {isNoneTaken && <li>{words.noneTaken}</li>}
        {isQueuedAnyway && <li>{words.queuedAnyway}</li>}
      </ul>
    </div>
  );
}

/** The reason; its hint speaks of files that are queued already. */
function sentencesOf(failure: Refusal['failure'], example: string): string {
  const { reason } = sayFailure(failure, example);
  const { limitBytes } = failure.facts;
  return limitBytes === undefined ? reason : `${reason} ${words.limit(bytes(limitBytes))}`;
}
