import { useState } from 'react';
import type { DestinationView } from '#shared/ipc.ts';
import { useLive } from '../live/window-context.tsx';
import { Button } from '../ui/button.tsx';
import { firstRunWords as words } from '../words/first-run.ts';
import { SampleUpload } from './sample-upload.tsx';
import { StepHead } from './step-head.tsx';

export interface DoneProps {
  readonly destination: DestinationView;
  onLeave(): void;
}

export function Done({ destination: { destination }, onLeave }: DoneProps) {
  const [isSending, setSending] = useState(false);
  const isWatching = useLive(({ folders }) => folders.length > 0);
  return (
    <>
      <StepHead title={words.doneTitle} text={words.doneText(destination.name, isWatching)} />
      {isSending && <SampleUpload destinationId={destination.id} />}
      <div className="mt-5 flex flex-wrap justify-center gap-2">
        {!isSending && <Button onClick={() => setSending(true)}>{words.sample}</Button>}
        <Button tone="primary" onClick={onLeave}>
          {words.finish}
        </Button>
      </div>
    </>
  );
}
