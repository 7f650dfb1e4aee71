import { useState } from 'react';
import { closeOverlay, useNavigation } from '../shell/navigation.ts';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { keyNames } from '../ui/key-names.ts';
import { Keys } from '../ui/keys.tsx';
import { overviewWords as words } from '../words/commands.ts';
import { keySections } from './key-sections.ts';
import { currentCommands, useCommandRegistry } from './registry.ts';

/** All keys, by what they are for. */
export function KeyOverview() {
  const isOpen = useNavigation(({ overlay }) => overlay.name === 'keys');
  return (
    <Dialog
      isOpen={isOpen}
      onClose={closeOverlay}
      title={words.title}
      description={words.text(keyNames('Mod+K'))}
      width="large"
    >
      <Overview />
    </Dialog>
  );
}

function Overview() {
  const [search, setSearch] = useState('');
  const groups = useCommandRegistry((registry) => registry.groups);
  const found = keySections(currentCommands(groups))
    .map(({ title, lines }) => ({
      title,
      lines: lines.filter((line) => line.title.toLowerCase().includes(search.trim().toLowerCase())),
    }))
    .filter(({ lines }) => lines.length > 0);
  return (
    <>
      <TextField label={words.search} value={search} onChange={setSearch} type="search" />
      <div className="mt-4 columns-2 gap-8 max-[45rem]:columns-1">
        {found.map(({ title, lines }) => (
          <section key={title} className="mb-5 break-inside-avoid">
            <h3 className="m-0 mb-1.5 font-semibold text-ink-3 text-xs">{title}</h3>
            <dl className="m-0">
              {lines.map((line) => (
                <div
                  key={`${line.title} ${line.keys.join()}`}
                  className="flex items-center justify-between gap-4 border-line border-b py-1.5"
                >
                  <dt>{line.title}</dt>
                  <dd className="m-0 flex shrink-0 gap-1">
                    {line.keys.map((keys) => (
                      <Keys key={keys} keys={keys} />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      {found.length === 0 && <p className="text-ink-2">{words.nothing}</p>}
    </>
  );
}
