import { useState } from 'react';
import { formatLink, type LinkSubject, templateWords, unknownTemplateWords } from '#shared/asset.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { settingsWords as words } from '../words/settings.ts';
import { ChoiceSetting } from './choice-setting.tsx';
import { useSettings } from './use-settings.ts';

/** What the preview speaks of. */
const example: LinkSubject = {
  link: 'https://assets.example/a/9f2c71/bottle.webp',
  linkKind: 'url',
  name: 'bottle.webp',
  assetId: 'asset_9f2c71',
  mimeType: 'image/webp',
  path: '/home/ada/Renders/bottle.webp',
  destination: 'FLORA',
  sha256: '7e1f0c9a44b2',
};
const firstTemplate = '{name}: {link}';

export function LinkSettings() {
  const { settings, change } = useSettings();
  return (
    <>
      <ChoiceSetting
        label={words.copyAfter}
        hint={words.copyAfterHint}
        value={settings.copyAfterUpload}
        choices={words.copyRules}
        onChange={(copyAfterUpload) => void change({ copyAfterUpload })}
      />
      <ChoiceSetting
        label={words.copyFormat}
        value={settings.copyFormat}
        choices={words.copyFormats}
        onChange={(copyFormat) =>
          void change(
            copyFormat === 'template' && settings.linkTemplate === null
              ? { copyFormat, linkTemplate: firstTemplate }
              : { copyFormat },
          )
        }
      />
      <Template key={settings.linkTemplate} />
    </>
  );
}

function Template() {
  const { settings, change } = useSettings();
  const saved = settings.linkTemplate ?? firstTemplate;
  const [template, setTemplate] = useState(saved);
  const unknown = unknownTemplateWords(template);
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        void change({ linkTemplate: template.trim() === '' ? null : template });
      }}
    >
      <TextField
        label={words.template}
        hint={unknown.length > 0 ? words.templateUnknown(unknown) : words.templateHint(templateWords)}
        value={template}
        onChange={setTemplate}
        maxLength={2000}
        isCode
      />
      <div className="flex items-center gap-3">
        <p className="m-0 min-w-0 flex-1 text-ink-2 text-sm">
          {words.preview}{' '}
          <code className="wrap-anywhere font-mono text-ink">{formatLink({ template }, example)}</code>
        </p>
        <Button type="submit" disabled={template === saved}>
          {words.save}
        </Button>
      </div>
    </form>
  );
}
