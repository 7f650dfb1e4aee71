import { CircleAlert, CircleCheck, LoaderCircle } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { explainFailure } from '#shared/failure.ts';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { destinationWords as words } from '../words/destinations.ts';
import type { DestinationForm, TestState } from './use-destination-form.ts';

/** Who the service says we are, or why it does not. */
export function TestResult({ state }: { readonly state: DestinationForm }) {
  const { test, isComplete } = state;
  const said = sayTest(test, isComplete);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Who asked wants to see the answer; who goes on typing is not to be moved away.
    if (test.name !== 'idle' && test.isAsked) box.current?.scrollIntoView({ block: 'nearest' });
  }, [test]);
  return (
    <div
      ref={box}
      role="status"
      className={classNames(
        'scroll-my-5 flex gap-2.5 rounded-lg border p-3',
        said.details.length === 0 ? 'items-center' : 'items-start',
        said.tone === 'ok' && 'border-transparent bg-ok-soft text-ok',
        said.tone === 'bad' && 'border-transparent bg-bad-soft text-bad',
        said.tone === 'neutral' && 'border-line bg-canvas text-ink-2',
      )}
    >
      {said.tone === 'ok' && <CircleCheck aria-hidden size={17} className="mt-px shrink-0" />}
      {said.tone === 'bad' && <CircleAlert aria-hidden size={17} className="mt-px shrink-0" />}
      {test.name === 'running' && (
        <LoaderCircle aria-hidden size={17} className="mt-px shrink-0 animate-spin" />
      )}
      <div className="min-w-0 flex-1">
        <div className={classNames('break-words', said.tone !== 'neutral' && 'font-medium')}>
          {said.title}
        </div>
        {said.details.map((line) => (
          <div key={line} className="mt-0.5 text-ink-2 text-sm break-words">
            {line}
          </div>
        ))}
      </div>
    </div>
  );
}

/** Stands where a form ends, so that it is in view however long the form is. */
export function TestButton({ state }: { readonly state: DestinationForm }) {
  const { test, isComplete, runTest } = state;
  const isRunning = test.name === 'running';
  return (
    <Button onClick={() => runTest(true)} disabled={!isComplete || isRunning} focusableWhenDisabled>
      {isRunning ? words.testing : test.name === 'idle' ? words.test : words.testAgain}
    </Button>
  );
}

/** What a person should know of the test before the form ends; null: nothing. `isAsBefore`: it needs none. */
export function testNote(test: TestState, isAsBefore: boolean): string | null {
  if (test.name === 'broken' || (test.name === 'ended' && !test.view.ok)) return words.testFailedNote;
  return test.name === 'ended' || isAsBefore ? null : words.untested;
}

interface Said {
  readonly tone: 'neutral' | 'ok' | 'bad';
  readonly title: string;
  readonly details: readonly string[];
}

function sayTest(test: TestState, isComplete: boolean): Said {
  switch (test.name) {
    case 'idle':
      return { tone: 'neutral', title: isComplete ? words.testReady : words.testIdle, details: [] };
    case 'running':
      return { tone: 'neutral', title: words.testing, details: [] };
    case 'broken':
      return { tone: 'bad', title: words.testFailed, details: [test.reason] };
    case 'ended': {
      const { view } = test;
      if (view.ok) return { tone: 'ok', title: view.proof || words.testPassed, details: view.details };
      if (view.failure === null) return { tone: 'bad', title: words.testFailed, details: view.details };
      const { reason, hint } = explainFailure(view.failure);
      const own = view.failure.message === '' ? [] : [view.failure.message];
      return { tone: 'bad', title: reason, details: [hint, ...own] };
    }
  }
}
