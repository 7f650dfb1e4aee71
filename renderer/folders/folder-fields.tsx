import { Plus } from 'lucide-react';
import type { Ref } from 'react';
import { toneOf } from '../destinations/destination-state.ts';
import { attempt } from '../live/attempt.ts';
import { useWindow } from '../live/window-context.tsx';
import { Button } from '../ui/button.tsx';
import { type Choice, ChoiceCards } from '../ui/choice-cards.tsx';
import { Field, TextField } from '../ui/field.tsx';
import { Dot } from '../ui/pill.tsx';
import { type Option, Select } from '../ui/select.tsx';
import { bytes } from '../words/amounts.ts';
import { folderFormWords as words } from '../words/folders.ts';
import { shell } from '../words/shell.ts';
import { FolderBrowser } from './folder-browser.tsx';
import { type FolderForm, ownFirst, whyNot } from './folder-form.ts';
import { MoreRules } from './more-rules.tsx';
import { PathField } from './path-field.tsx';
import type { FolderFormState } from './use-folder-form.ts';

export interface FolderFieldsProps {
  readonly state: FolderFormState;
  onAddDestination(): void;
  readonly pathRef: Ref<HTMLInputElement>;
}

/** The form of a watch folder. */
export function FolderFields({ state, onAddDestination, pathRef }: FolderFieldsProps) {
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <FolderPath state={state} pathRef={pathRef} />
      <DestinationChoice state={state} onAdd={onAddDestination} />
      <StartWith state={state} />
      <AfterUploadChoice state={state} />
      <MoreRules state={state} />
    </div>
  );
}

function FolderPath({ state, pathRef }: Pick<FolderFieldsProps, 'state' | 'pathRef'>) {
  const { form, set, errorOf, existing } = state;
  const { host } = useWindow();
  const { chooseFolder } = host;
  const choose = async () => {
    if (chooseFolder === null) return;
    const path = await attempt(chooseFolder());
    if (path !== null) set({ path });
  };
  return (
    <PathField
      label={words.folder}
      hint={existing === null ? words.folderHint : words.folderFixed}
      error={errorOf('path')}
      value={form.path}
      onChange={(path) => set({ path })}
      isReadOnly={existing !== null}
      inputRef={pathRef}
    >
      {existing === null &&
        (chooseFolder === null ? (
          <FolderBrowser from={form.path} onChoose={(path) => set({ path })} />
        ) : (
          <Button className="h-8.5" onClick={() => void choose()}>
            {words.browse}
          </Button>
        ))}
    </PathField>
  );
}

const addOne = '+';

function DestinationChoice({ state, onAdd }: { readonly state: FolderFormState; onAdd(): void }) {
  const { form, set, leave, errorOf, place } = state;
  const options: readonly Option<string>[] = [
    ...ownFirst(place.destinations).map((view) => ({
      value: view.destination.id,
      label:
        view.hold === null
          ? view.destination.name
          : `${view.destination.name} · ${shell.held[view.hold.kind]}`,
      mark: <Dot tone={toneOf(view)} />,
    })),
    {
      value: addOne,
      label: words.addDestination,
      mark: <Plus aria-hidden size={14} className="-ms-1 shrink-0 text-ink-3" />,
    },
  ];
  return (
    <Field label={words.destination} error={errorOf('destinationId')}>
      <Select
        value={form.destinationId}
        options={options}
        placeholder={words.destinationNeeded}
        onChange={(id) => {
          if (id === addOne) {
            onAdd();
            return;
          }
          set({ destinationId: id });
          leave('destinationId');
          leave('after');
        }}
      />
    </Field>
  );
}

function StartWith({ state: { form, set, existing, dryRun } }: { readonly state: FolderFormState }) {
  const found = dryRun.run.name === 'ended' && existing === null ? dryRun.run.preview : null;
  const needYou = found?.refused.reduce((sum, { files }) => sum + files, 0) ?? 0;
  const choices: readonly Choice<FolderForm['existing']>[] = [
    {
      value: 'baseline',
      label: words.newOnly,
      hint:
        existing !== null
          ? words.newOnlyThen
          : found === null
            ? words.newOnlyAtFirst
            : words.newOnlyHint(found.files),
    },
    {
      value: 'include',
      label: words.everything,
      hint:
        existing !== null
          ? words.everythingThen
          : found === null
            ? words.everythingAtFirst
            : needYou > 0
              ? words.everythingBut(Math.max(0, found.files - needYou), needYou)
              : words.everythingHint(found.files, bytes(found.bytes)),
    },
  ];
  return (
    <ChoiceCards
      label={words.existing}
      value={form.existing}
      isDisabled={existing !== null}
      {...(existing === null ? {} : { hint: words.existingFixed })}
      onChange={(value) => set({ existing: value })}
      choices={choices}
    />
  );
}

const afterLabels = { keep: words.keep, move: words.move, trash: words.trash } as const;

function AfterUploadChoice({ state }: { readonly state: FolderFormState }) {
  const { form, set, leave, errorOf, place } = state;
  const kinds = ['keep', 'move', 'trash'] as const;
  const options = kinds.map((kind) => ({
    value: kind,
    label: kind === 'trash' && !place.isDesktop ? words.trashOnDesktop : afterLabels[kind],
    isDisabled: whyNot(kind, form.destinationId, place) !== null,
  }));
  const reason = whyNot('move', form.destinationId, place);
  const error = errorOf('after');
  return (
    <>
      <Field
        label={words.after}
        error={error}
        {...(reason === null || reason === error ? {} : { hint: reason })}
      >
        <Select
          value={form.after}
          options={options}
          onChange={(after) => {
            set({ after });
            leave('after');
          }}
        />
      </Field>
      {form.after === 'move' && (
        <TextField
          label={words.moveTo}
          hint={words.moveToHint}
          error={errorOf('moveTo')}
          value={form.moveTo}
          onChange={(moveTo) => set({ moveTo })}
          onBlur={() => leave('moveTo')}
        />
      )}
    </>
  );
}
