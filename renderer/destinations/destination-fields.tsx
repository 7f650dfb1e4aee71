import { Collapsible } from '@base-ui/react/collapsible';
import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { needsKey } from '#shared/destination.ts';
import type { DestinationView } from '#shared/ipc.ts';
import { TextField } from '../ui/field.tsx';
import { NumberField } from '../ui/number-field.tsx';
import { destinationWords as words } from '../words/destinations.ts';
import { keyField } from './draft.ts';
import { type FieldSpec, fieldsOf } from './fields.ts';
import { TestResult } from './test-result.tsx';
import type { DestinationForm } from './use-destination-form.ts';

export interface DestinationFieldsProps {
  readonly state: DestinationForm;
  readonly existing: DestinationView | null;
}

/** Exactly the fields of one service, its key, and what the live test said. */
export function DestinationFields({ state, existing }: DestinationFieldsProps) {
  const { form, set, setText, problems, key, setKey, place } = state;
  const { fields, isAdvancedOpen, setAdvancedOpen } = place;
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const leave = (name: string) => setLeft((before) => new Set([...before, name]));
  // Nobody is told off for what they have not typed yet.
  const errorOf = (name: string) => (left.has(name) ? problems.get(name) : undefined);
  const leaveAndTest = (name: string) => {
    leave(name);
    if (state.isComplete && state.test.name === 'idle') state.runTest(false);
  };
  const field = ({ name, label, hint, isRequired }: FieldSpec) => (
    <TextField
      key={name}
      data-field={name}
      label={label}
      mark={isRequired ? undefined : words.optional}
      hint={hint}
      error={errorOf(name)}
      required={isRequired}
      value={form.texts[name] ?? ''}
      onChange={(value) => setText(name, value)}
      onBlur={() => leaveAndTest(name)}
    />
  );
  return (
    <div ref={fields} className="flex flex-col gap-4">
      <TextField
        data-field="name"
        label={words.name}
        hint={words.nameHint}
        error={errorOf('name')}
        value={form.name}
        onChange={(name) => set({ name })}
        onBlur={() => leaveAndTest('name')}
      />
      {needsKey[form.kind] && (
        <TextField
          data-field={keyField}
          label={words.keyField}
          hint={
            existing?.hasKey === true
              ? words.keyKept(existing.keyEnding)
              : `${words.kinds[form.kind].key} ${words.keyHint}`
          }
          type="password"
          autoComplete="new-password"
          value={key}
          onChange={(value) => setKey(value.trim())}
          onBlur={() => leaveAndTest('key')}
          isCode
        />
      )}
      {fieldsOf[form.kind].map(field)}
      {problems.get('') !== undefined && left.size > 1 && (
        <p role="alert" className="m-0 text-bad text-sm">
          {problems.get('')}
        </p>
      )}
      <Collapsible.Root open={isAdvancedOpen} onOpenChange={setAdvancedOpen}>
        <Collapsible.Trigger className="group flex items-center gap-1.5 rounded-md font-medium text-ink-2 hover:text-ink">
          <ChevronRight aria-hidden size={14} className="group-data-panel-open:rotate-90 rtl:rotate-180" />
          {words.advanced}
        </Collapsible.Trigger>
        <Collapsible.Panel className="mt-3 flex flex-col gap-4">
          <TextField
            data-field="baseUrl"
            label={words.baseUrl}
            error={errorOf('baseUrl')}
            value={form.baseUrl}
            onChange={(baseUrl) => set({ baseUrl })}
            onBlur={() => leaveAndTest('baseUrl')}
            isCode
          />
          <NumberField
            isStacked
            label={words.lanesField}
            hint={words.lanesHint}
            value={form.lanes}
            min={1}
            max={16}
            onChange={(lanes) => set({ lanes })}
          />
        </Collapsible.Panel>
      </Collapsible.Root>
      <TestResult state={state} />
    </div>
  );
}
