import { useEffect, useRef, useState } from 'react';
import type { WatchFolderView } from '#shared/ipc.ts';
import { useLive } from '../live/window-context.tsx';
import { folderName } from '../shell/folder-name.ts';
import { closeOverlay, goTo, openOverlay, useNavigation } from '../shell/navigation.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FormEnd } from '../ui/form-end.tsx';
import { toast } from '../ui/toasts.tsx';
import { common } from '../words/common.ts';
import { folderWords, folderFormWords as words } from '../words/folders.ts';
import { DryRunPanel } from './dry-run-panel.tsx';
import { FolderFields } from './folder-fields.tsx';
import { emptyForm, type FolderForm, formOf } from './folder-form.ts';
import { type FolderFormState, useFolderForm, useFormPlace } from './use-folder-form.ts';

/** A form that waits until a destination was added in a dialog of its own. */
interface Kept {
  readonly id: string | null;
  readonly form: FolderForm;
  /** The destinations that there were: another one is the one that was added. */
  readonly known: ReadonlySet<string>;
}

/** Adds or edits a watch folder, with a dry run on the real folder. */
export function FolderDialog() {
  const overlay = useNavigation((navigation) => navigation.overlay);
  const folders = useLive((live) => live.folders);
  const settings = useLive((live) => live.settings);
  const place = useFormPlace();
  const [kept, setKept] = useState<Kept | null>(null);

  const before = useRef(overlay.name);
  const isGone =
    overlay.name === 'folder' &&
    overlay.id !== null &&
    !folders.some(({ folder }) => folder.id === overlay.id);
  useEffect(() => {
    const cameFrom = before.current;
    before.current = overlay.name;
    if (isGone) closeOverlay();
    if (kept === null || cameFrom === overlay.name) return;
    if (cameFrom === 'destination' && overlay.name === 'none') openOverlay({ name: 'folder', id: kept.id });
    // It has been taken over, or the person went elsewhere.
    else if (overlay.name !== 'destination') setKept(null);
  }, [overlay.name, isGone, kept]);

  if (overlay.name !== 'folder' || settings === null || isGone) return null;
  const existing = folders.find(({ folder }) => folder.id === overlay.id) ?? null;
  const fresh = existing === null ? emptyForm(overlay.path ?? '', settings, place) : formOf(existing.folder);
  const again = kept !== null && kept.id === overlay.id ? kept : null;
  return (
    <FormDialog
      initial={again?.form ?? fresh}
      known={again?.known ?? null}
      existing={existing}
      onClose={closeOverlay}
      onAddDestination={(form) => {
        const known = new Set(place.destinations.map(({ destination }) => destination.id));
        setKept({ id: overlay.id, form, known });
        openOverlay({ name: 'destination', id: null });
      }}
    />
  );
}

interface FormDialogProps {
  readonly initial: FolderForm;
  /** Null: no destination is being added for it. */
  readonly known: ReadonlySet<string> | null;
  readonly existing: WatchFolderView | null;
  onClose(): void;
  onAddDestination(form: FolderForm): void;
}

function FormDialog({ initial, known, existing, onClose, onAddDestination }: FormDialogProps) {
  const state = useFolderForm(initial, existing);
  useAddedDestination(state, known);
  const fields = useRef<HTMLDivElement>(null);
  const path = useRef<HTMLInputElement>(null);
  const [refusals, setRefusals] = useState(0);
  useEffect(() => {
    // Only now the faults stand at their fields.
    if (refusals > 0) fields.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [refusals]);
  const save = async () => {
    const view = await state.save();
    if (view === null) {
      setRefusals((count) => count + 1);
      return;
    }
    onClose();
    const { id } = view.folder;
    const name = folderName(view.folder.path);
    toast({
      title: existing === null ? words.added(name) : words.saved(name),
      tone: 'ok',
      ...(existing === null
        ? { action: { label: folderWords.show, run: () => goTo({ name: 'folders', folderId: id }) } }
        : {}),
    });
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={existing === null ? words.newTitle : words.editTitle(folderName(existing.folder.path))}
      description={existing === null ? words.text : words.editText}
      width="large"
      initialFocus={existing === null ? path : undefined}
      footer={
        <FormEnd
          label={existing === null ? words.addIt : words.save}
          why={state.why}
          // Saves nothing as long as something is needed: it leads to the first field with a fault.
          onWhy={() => void save()}
          isBusy={state.isSaving}
          onEnd={() => void save()}
        >
          <Button onClick={onClose}>{common.cancel}</Button>
        </FormEnd>
      }
    >
      {state.refusal !== null && (
        <p role="alert" className="mt-0 mb-4 rounded-md bg-bad-soft px-3 py-2 text-bad break-words">
          <span className="font-medium">{words.refused}</span> {state.refusal}
        </p>
      )}
      <div
        ref={fields}
        className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)] gap-5.5 max-[47.5rem]:grid-cols-1"
      >
        <FolderFields state={state} pathRef={path} onAddDestination={() => onAddDestination(state.form)} />
        <DryRunPanel state={state.dryRun} starts={state.form.existing} existing={existing} />
      </div>
    </Dialog>
  );
}

/** Takes the destination that was added for this form, as soon as the engine tells of it. */
function useAddedDestination({ place, set }: FolderFormState, known: ReadonlySet<string> | null): void {
  const awaited = useRef(known);
  useEffect(() => {
    const added = place.destinations.find(
      ({ destination }) => awaited.current?.has(destination.id) === false,
    );
    if (added === undefined) return;
    awaited.current = null;
    set({ destinationId: added.destination.id });
  }, [place, set]);
}
