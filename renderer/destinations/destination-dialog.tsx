import { useState } from 'react';
import type { ProviderKind } from '#shared/destination.ts';
import type { DestinationView } from '#shared/ipc.ts';
import { useLive } from '../live/window-context.tsx';
import { closeOverlay, useNavigation } from '../shell/navigation.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FormEnd } from '../ui/form-end.tsx';
import { toast } from '../ui/toasts.tsx';
import { common } from '../words/common.ts';
import { destinationWords as words } from '../words/destinations.ts';
import { DestinationFields } from './destination-fields.tsx';
import { type DraftForm, emptyForm, formOf } from './draft.ts';
import { ServiceChoice } from './service-choice.tsx';
import { TestButton, testNote } from './test-result.tsx';
import { useDestinationForm } from './use-destination-form.ts';

/** Adds or edits a destination, with a live test. */
export function DestinationDialog() {
  const overlay = useNavigation((navigation) => navigation.overlay);
  const destinations = useLive((live) => live.destinations);
  if (overlay.name !== 'destination') return null;
  const existing = destinations.find(({ destination }) => destination.id === overlay.id) ?? null;
  return existing === null ? <NewDestination /> : <EditDestination existing={existing} />;
}

function NewDestination() {
  const [kind, setKind] = useState<ProviderKind | null>(null);
  const destinations = useLive((live) => live.destinations);
  if (kind === null) {
    return (
      <Dialog isOpen onClose={closeOverlay} title={words.chooseTitle} width="large">
        <ServiceChoice onChoose={setKind} />
      </Dialog>
    );
  }
  const names = destinations.map(({ destination }) => destination.name);
  return (
    <FormDialog
      title={words.newTitle(words.kinds[kind].name)}
      initial={emptyForm(kind, names)}
      existing={null}
      onBack={() => setKind(null)}
    />
  );
}

const EditDestination = ({ existing }: { readonly existing: DestinationView }) => (
  <FormDialog
    title={words.editTitle(existing.destination.name)}
    initial={formOf(existing.destination)}
    existing={existing}
  />
);

interface FormDialogProps {
  readonly title: string;
  readonly initial: DraftForm;
  readonly existing: DestinationView | null;
  readonly onBack?: () => void;
}

function FormDialog({ title, initial, existing, onBack }: FormDialogProps) {
  const state = useDestinationForm(initial, existing);
  // What works as it is needs no test to stay so.
  const isAsBefore =
    existing !== null && state.key === '' && JSON.stringify(state.form) === JSON.stringify(initial);
  const save = async () => {
    const view = await state.save();
    if (view === null) return;
    closeOverlay();
    toast({ title: words.saved(view.destination.name), tone: 'ok' });
  };
  return (
    <Dialog
      isOpen
      onClose={closeOverlay}
      title={title}
      description={words.kinds[initial.kind].text}
      footer={
        <>
          {state.refusal !== null && (
            <p role="alert" className="m-0 me-auto basis-full text-bad text-sm">
              {state.refusal}
            </p>
          )}
          {onBack !== undefined && (
            <Button tone="quiet" onClick={onBack} className="-ms-3 me-auto">
              {words.back}
            </Button>
          )}
          <FormEnd
            label={existing === null ? words.addIt : words.save}
            why={state.why?.text ?? null}
            onWhy={state.goToWhy}
            note={testNote(state.test, isAsBefore)}
            onEnd={() => void save()}
          >
            <TestButton state={state} />
            <Button onClick={closeOverlay}>{common.cancel}</Button>
          </FormEnd>
        </>
      }
    >
      <DestinationFields state={state} existing={existing} />
    </Dialog>
  );
}
