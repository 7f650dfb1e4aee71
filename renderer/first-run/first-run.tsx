import { useState } from 'react';
import type { ProviderKind } from '#shared/destination.ts';
import type { DestinationView } from '#shared/ipc.ts';
import { attempt } from '../live/attempt.ts';
import { useWindow } from '../live/window-context.tsx';
import { goTo } from '../shell/navigation.ts';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { noteBar } from '../ui/use-toast-place.ts';
import { firstRunWords as words } from '../words/first-run.ts';
import { ChooseService } from './choose-service.tsx';
import { ConnectService } from './connect-service.tsx';
import { Done } from './done.tsx';
import { PickFolder } from './pick-folder.tsx';
import { StepMarks } from './step-marks.tsx';
import { Trial } from './trial.tsx';

type Step =
  | { readonly name: 'service' }
  | { readonly name: 'trial' }
  | { readonly name: 'key'; readonly kind: ProviderKind }
  | { readonly name: 'folder'; readonly destination: DestinationView }
  | { readonly name: 'done'; readonly destination: DestinationView };

const numberOf: Readonly<Record<Step['name'], number>> = { service: 1, trial: 4, key: 2, folder: 3, done: 4 };

/** From nothing to a watched folder, or to a first link from the demo service. Every step can be skipped. */
export function FirstRun() {
  const { api, live } = useWindow();
  const [step, setStep] = useState<Step>({ name: 'service' });
  const leave = async () => {
    const settings = await attempt(api.updateSettings({ hasSeenFirstRun: true }));
    // Known before the page changes, or an untouched directory would lead back here.
    if (settings !== null) live.setState({ settings });
    goTo({ name: 'uploads', tab: 'all' });
  };
  return (
    <main className="flex h-full flex-col bg-canvas">
      <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
        <div
          className={classNames(
            'mx-auto my-auto w-full max-w-200 px-5 py-8 low:py-3',
            // Its form scrolls by itself.
            step.name === 'key' && 'flex min-h-0 flex-col',
          )}
        >
          {content()}
        </div>
      </div>
      {/* The steps stay in sight, however low the window. */}
      <footer
        ref={noteBar}
        className="grid shrink-0 grid-cols-[1fr_auto_1fr] items-baseline gap-x-5 px-5 py-3 low:py-2"
      >
        {/* Its place is kept, so that the steps stay in theirs. */}
        <Button
          tone="quiet"
          onClick={() => void leave()}
          className={classNames('justify-self-end', numberOf[step.name] === 4 && 'invisible')}
        >
          {words.skip}
        </Button>
        <StepMarks current={numberOf[step.name]} />
      </footer>
    </main>
  );

  function content() {
    switch (step.name) {
      case 'service':
        return (
          <ChooseService
            onChoose={(kind) => setStep({ name: 'key', kind })}
            onTry={() => setStep({ name: 'trial' })}
          />
        );
      case 'trial':
        return <Trial onLeave={() => void leave()} />;
      case 'key':
        return (
          <ConnectService
            key={step.kind}
            kind={step.kind}
            onBack={() => setStep({ name: 'service' })}
            onSaved={(destination) => setStep({ name: 'folder', destination })}
          />
        );
      case 'folder':
        return <PickFolder onDone={() => setStep({ name: 'done', destination: step.destination })} />;
      case 'done':
        return <Done destination={step.destination} onLeave={() => void leave()} />;
    }
  }
}
