import type { ProviderKind } from '#shared/destination.ts';
import { ServiceChoice } from '../destinations/service-choice.tsx';
import { Button } from '../ui/button.tsx';
import { firstRunWords as words } from '../words/first-run.ts';
import { StepHead } from './step-head.tsx';

export interface ChooseServiceProps {
  onChoose(kind: ProviderKind): void;
  onTry(): void;
}

export function ChooseService({ onChoose, onTry }: ChooseServiceProps) {
  return (
    <>
      <StepHead title={words.title} text={words.text} />
      <ServiceChoice onChoose={onChoose} />
      <div className="mt-3 flex flex-wrap items-center gap-4 rounded-xl border border-accent border-dashed bg-accent-soft p-4 low:mt-2 low:p-2.5">
        <div className="min-w-0 flex-1 basis-60">
          <h2 className="m-0 font-semibold text-base">{words.demoTitle}</h2>
          <p className="mt-0.5 mb-0 text-ink-2 text-sm">{words.demoText}</p>
        </div>
        <Button tone="primary" onClick={onTry}>
          {words.demoButton}
        </Button>
      </div>
    </>
  );
}
