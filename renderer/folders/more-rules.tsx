import { Collapsible } from '@base-ui/react/collapsible';
import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { ChangedRule } from '#shared/watch-folder.ts';
import { Field, TextArea, TextField } from '../ui/field.tsx';
import { NumberField } from '../ui/number-field.tsx';
import { type Option, Select } from '../ui/select.tsx';
import { folderFormWords as words } from '../words/folders.ts';
import type { FormField } from './folder-form.ts';
import type { FolderFormState } from './use-folder-form.ts';

const own: readonly FormField[] = ['ignore', 'minSize', 'maxSize', 'settleSeconds', 'changed'];

/** What most folders need not say: closed until it is asked for, or something in it is wrong. */
export function MoreRules({ state }: { readonly state: FolderFormState }) {
  const { form, set, leave, errorOf } = state;
  const [isOpened, setIsOpened] = useState(() => form.ignore !== '');
  const isOpen = isOpened || own.some((field) => errorOf(field) !== null);
  return (
    <Collapsible.Root open={isOpen} onOpenChange={setIsOpened}>
      <Collapsible.Trigger className="group flex items-center gap-1.5 rounded-md font-medium text-ink-2 hover:text-ink">
        <ChevronRight
          aria-hidden
          size={14}
          className="group-data-panel-open:rotate-90 rtl:rotate-180 rtl:group-data-panel-open:rotate-90"
        />
        {words.more}
      </Collapsible.Trigger>
      <Collapsible.Panel className="mt-3 flex flex-col gap-4">
        <TextArea
          label={words.ignore}
          hint={words.ignoreHint}
          error={errorOf('ignore')}
          value={form.ignore}
          onChange={(ignore) => set({ ignore })}
          onBlur={() => leave('ignore')}
          rows={4}
          isCode
        />
        <div>
          <div className="grid grid-cols-2 gap-3">
            <TextField
              label={words.smallest}
              error={errorOf('minSize')}
              value={form.minSize}
              onChange={(minSize) => set({ minSize })}
              onBlur={() => leave('minSize')}
            />
            <TextField
              label={words.largest}
              error={errorOf('maxSize')}
              value={form.maxSize}
              onChange={(maxSize) => set({ maxSize })}
              onBlur={() => leave('maxSize')}
            />
          </div>
          <p className="mt-1.5 mb-0 text-ink-3 text-sm">{words.sizeHint}</p>
        </div>
        <NumberField
          isStacked
          label={words.settle}
          hint={words.settleHint}
          value={form.settleSeconds}
          min={0.1}
          max={3600}
          unit={words.seconds}
          onChange={(settleSeconds) => set({ settleSeconds })}
        />
        <Changed state={state} />
      </Collapsible.Panel>
    </Collapsible.Root>
  );
}

function Changed({ state: { form, set, place, errorOf } }: { readonly state: FolderFormState }) {
  const options: readonly Option<ChangedRule>[] = [
    { value: 'new', label: words.changedNew },
    { value: 'ignore', label: words.changedIgnore },
    place.isDesktop
      ? { value: 'ask', label: words.changedAsk }
      : { value: 'ask', label: words.askNeedsDesktop, isDisabled: true },
  ];
  return (
    <Field label={words.changed} error={errorOf('changed')}>
      <Select value={form.changed} options={options} onChange={(changed) => set({ changed })} />
    </Field>
  );
}
