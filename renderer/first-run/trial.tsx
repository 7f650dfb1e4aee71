import { useEffect, useState } from 'react';
import { reasonOf } from '../live/attempt.ts';
import { useWindow } from '../live/window-context.tsx';
import { Button } from '../ui/button.tsx';
import { firstRunWords as words } from '../words/first-run.ts';
import { SampleUpload } from './sample-upload.tsx';
import { StepHead } from './step-head.tsx';

/** The dialect that gives the simplest link: a lasting URL. */
const trialDestination = 'demo-flora';

/** The demo service is started, and gets a picture. */
export function Trial({ onLeave }: { onLeave(): void }) {
  const { api } = useWindow();
  const [state, setState] = useState<'starting' | 'ready' | { readonly reason: string }>('starting');
  const [isDone, setDone] = useState(false);
  useEffect(() => {
    api.startDemo().then(
      () => setState('ready'),
      (error) => setState({ reason: reasonOf(error) }),
    );
  }, [api]);
  return (
    <>
      <StepHead
        title={isDone ? words.trialDone : words.trialTitle}
        text={isDone ? words.trialDoneText : words.trialText}
      />
      {state === 'ready' && (
        <SampleUpload destinationId={trialDestination} onCompleted={() => setDone(true)} />
      )}
      {typeof state === 'object' && (
        <p role="alert" className="m-0 text-center text-bad">
          {words.trialFailed}: {state.reason}
        </p>
      )}
      <div className="mt-5 flex justify-center">
        <Button onClick={onLeave}>{words.finish}</Button>
      </div>
    </>
  );
}
