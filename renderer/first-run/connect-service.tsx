import { useState } from 'react';
import type { ProviderKind } from '#shared/destination.ts';
import type { DestinationView } from '#shared/ipc.ts';
import { DestinationFields } from '../destinations/destination-fields.tsx';
import { emptyForm } from '../destinations/draft.ts';
import { TestButton, testNote } from '../destinations/test-result.tsx';
import { useDestinationForm } from '../destinations/use-destination-form.ts';
import { attempt } from '../live/attempt.ts';
import { useLive, useWindow } from '../live/window-context.tsx';
import { Button } from '../ui/button.tsx';
import { FormEnd } from '../ui/form-end.tsx';
import { destinationWords } from '../words/destinations.ts';
import { firstRunWords as words } from '../words/first-run.ts';
import { StepHead } from './step-head.tsx';

export interface ConnectServiceProps {
  readonly kind: ProviderKind;
  onBack(): void;
  onSaved(destination: DestinationView): void;
}

export function ConnectService({ kind, onBack, onSaved }: ConnectServiceProps) {
  const { api } = useWindow();
  const destinations = useLive((live) => live.destinations);
  const [initial] = useState(() =>
    emptyForm(
      kind,
      destinations.map(({ destination }) => destination.name),
    ),
  );
  const state = useDestinationForm(initial, null);

  async function save(): Promise<void> {
    const view = await state.save();
    if (view === null) return;
    // The first account is what files are meant for from now on.
    await attempt(api.updateSettings({ defaultDestinationId: view.destination.id }));
    onSaved(view);
  }

  const { name, text } = destinationWords.kinds[kind];
  return (
    <>
      <StepHead title={words.keyTitle(name)} text={text} />
      {/* What leads on stays in sight where the window is too low for the form. */}
      <div className="mx-auto flex min-h-48 w-full max-w-120 flex-col overflow-hidden rounded-xl border border-line bg-panel">
        <div className="scroll-edges relative min-h-0 flex-1 overflow-y-auto p-5">
          <DestinationFields state={state} existing={null} />
          {state.refusal !== null && (
            <p role="alert" className="mt-3 mb-0 text-bad text-sm">
              {words.refused}: {state.refusal}
            </p>
          )}
        </div>
        <div className="flex shrink-0 flex-wrap items-center justify-end gap-2 border-line border-t px-5 py-3.5 low:py-2">
          <Button tone="quiet" onClick={onBack} className="-ms-3 me-auto">
            {words.back}
          </Button>
          <FormEnd
            label={words.next}
            why={state.why?.text ?? null}
            onWhy={state.goToWhy}
            note={testNote(state.test, false)}
            onEnd={() => void save()}
          >
            <TestButton state={state} />
          </FormEnd>
        </div>
      </div>
    </>
  );
}
