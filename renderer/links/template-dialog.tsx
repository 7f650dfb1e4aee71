import { useEffect, useRef, useState } from 'react';
import {
  formatLink,
  type LinkSubject,
  type TemplateWord,
  templateWords,
  unknownTemplateWords,
} from '#shared/asset.ts';
import type { UploadJob } from '#shared/job.ts';
import { useWindow } from '../live/window-context.tsx';
import { useSettings } from '../settings/use-settings.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { MiddleCut } from '../ui/middle-cut.tsx';
import { common } from '../words/common.ts';
import { linkWords as words } from '../words/links.ts';
import { assetOf, subjectOf } from './link-subject.ts';
import { useLinks } from './links-context.tsx';
import { insertAt } from './template-text.ts';

const first = '{name}: {link}';

/** Where a person writes how links are copied, and sees what comes of it on one of their own. */
export function TemplateDialog({ job, onClose }: { readonly job: UploadJob | null; onClose(): void }) {
  const { settings, change } = useSettings();
  const { doings, selected } = useLinks();
  const [template, setTemplate] = useState(settings.linkTemplate ?? first);
  const field = useRef<HTMLInputElement>(null);
  const isEmpty = template.trim() === '';
  const subject = usePreviewSubject(job);

  const insert = (word: string) => {
    const { current } = field;
    const next = insertAt(template, `{${word}}`, current?.selectionStart, current?.selectionEnd);
    setTemplate(next.text);
    requestAnimationFrame(() => {
      current?.focus();
      current?.setSelectionRange(next.caret, next.caret);
    });
  };
  const save = async () => {
    const isSaved = await change({ linkTemplate: isEmpty ? null : template });
    if (isSaved) onClose();
    return isSaved;
  };
  const saveAndCopy = async () => {
    if (await save()) doings.copy({ template });
  };

  return (
    <Dialog
      isOpen
      onClose={onClose}
      initialFocus={field}
      title={words.templateTitle}
      description={words.templateText}
      footer={
        <>
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button type="submit" form="link-template" tone={selected > 0 ? 'plain' : 'primary'}>
            {words.saveTemplate}
          </Button>
          {selected > 0 && (
            <Button tone="primary" disabled={isEmpty} onClick={() => void saveAndCopy()}>
              {words.saveAndCopy}
            </Button>
          )}
        </>
      }
    >
      <form
        id="link-template"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <TextField
          ref={field}
          label={words.template}
          hint={hintOf(template)}
          value={template}
          onChange={setTemplate}
          maxLength={2000}
          isCode
        />
      </form>
      <ul
        aria-label={words.templateWords}
        className="m-0 mt-4 grid list-none grid-cols-[max-content_max-content_minmax(0,1fr)] gap-x-3.5 gap-y-1 p-0 max-[34rem]:grid-cols-[max-content_minmax(0,1fr)]"
      >
        {templateWords.map((word) => (
          <li key={word} className="col-span-full grid grid-cols-subgrid items-center">
            <Button
              className="justify-self-start font-mono"
              onClick={() => insert(word)}
            >{`{${word}}`}</Button>
            <span className="min-w-0 text-ink-2 text-sm">{words.templateWordNames[word]}</span>
            {subject !== null && <Example word={word} subject={subject} />}
          </li>
        ))}
      </ul>
      <Preview subject={subject} template={template} />
    </Dialog>
  );
}

function hintOf(template: string): string {
  if (template.trim() === '') return words.templateEmpty;
  const unknown = unknownTemplateWords(template);
  return unknown.length > 0 ? words.templateUnknown(unknown) : words.templateHint;
}

/** What a word stands for in the file of the preview. */
function Example({ word, subject }: { readonly word: TemplateWord; readonly subject: LinkSubject }) {
  const value = formatLink({ template: `{${word}}` }, subject);
  return (
    <span className="min-w-0 text-ink-3 text-xs max-[34rem]:hidden">
      {value === '' ? words.templateNothing : <MiddleCut text={value} className="font-mono" />}
    </span>
  );
}

function Preview({ subject, template }: { readonly subject: LinkSubject | null; readonly template: string }) {
  return (
    <section aria-live="polite" className="mt-4 rounded-lg border border-line bg-canvas px-3.5 py-3">
      {subject === null ? (
        <p className="m-0 text-ink-2">{words.previewNone}</p>
      ) : (
        <>
          <h3 className="m-0 mb-1 font-semibold text-ink-3 text-xs">
            {words.preview} <span className="font-normal">{words.previewOf(subject.name)}</span>
          </h3>
          <code
            dir="ltr"
            className="block max-h-32 min-h-[1.45em] overflow-y-auto whitespace-pre-wrap break-all font-mono text-sm"
          >
            {formatLink({ template }, subject)}
          </code>
        </>
      )}
    </section>
  );
}

/** With the address that would be copied just now; with what is kept, until it is there or where the service gives none. */
function usePreviewSubject(job: UploadJob | null): LinkSubject | null {
  const { api } = useWindow();
  const [fresh, setFresh] = useState<Pick<LinkSubject, 'link' | 'linkKind'> | null>(null);
  const asset = job === null ? null : assetOf(job);
  const id = asset?.hasFreshUrl === true ? (job?.id ?? null) : null;
  useEffect(() => {
    setFresh(null);
    if (id === null) return;
    let isClosed = false;
    api.copyLink(id, 'link').then(
      ({ text, kind }) => !isClosed && setFresh({ link: text, linkKind: kind }),
      () => {},
    );
    return () => {
      isClosed = true;
    };
  }, [api, id]);
  const kept = job === null ? null : subjectOf(job);
  return kept === null ? null : { ...kept, ...fresh };
}
