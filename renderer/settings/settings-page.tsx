import type { ReactNode } from 'react';
import { PageHead } from '../shell/page-head.tsx';
import { settingsWords as words } from '../words/settings.ts';
import { About } from './about.tsx';
import { Appearance } from './appearance.tsx';
import { Bandwidth } from './bandwidth.tsx';
import { DataSection } from './data-section.tsx';
import { LinkSettings } from './link-settings.tsx';
import { Notifications } from './notifications.tsx';
import { Sending } from './sending.tsx';
import { WindowSettings } from './window-settings.tsx';

const sections: readonly { readonly id: string; readonly title: string; readonly content: ReactNode }[] = [
  { id: 'sending', title: words.sending, content: <Sending /> },
  { id: 'bandwidth', title: words.bandwidth, content: <Bandwidth /> },
  { id: 'links', title: words.links, content: <LinkSettings /> },
  { id: 'appearance', title: words.appearance, content: <Appearance /> },
  { id: 'notifications', title: words.notifications, content: <Notifications /> },
  { id: 'window', title: words.window, content: <WindowSettings /> },
  { id: 'data', title: words.data, content: <DataSection /> },
  { id: 'about', title: words.about, content: <About /> },
];

/** All settings of this data directory. Each takes effect at once; there is nothing to save but a template. */
export function SettingsPage() {
  return (
    <>
      <PageHead title={words.title} />
      <div className="flex min-h-0 flex-1 items-start gap-8 overflow-y-auto border-line border-t px-4.5 py-5">
        <nav
          aria-label={words.index}
          className="sticky top-0 -mt-1.25 w-36 shrink-0 self-start max-[56rem]:hidden"
        >
          {sections.map(({ id, title }) => (
            <button
              key={id}
              type="button"
              onClick={() => showSection(id)}
              className="block w-full rounded-md px-2 py-1.5 text-start text-ink-2 hover:bg-hover hover:text-ink"
            >
              {title}
            </button>
          ))}
        </nav>
        <div className="flex min-w-0 max-w-160 flex-1 flex-col gap-8 pb-10">
          {sections.map(({ id, title, content }) => (
            <section key={id} id={`settings-${id}`} aria-labelledby={`settings-${id}-title`}>
              <h2
                id={`settings-${id}-title`}
                tabIndex={-1}
                className="m-0 mb-3 scroll-mt-4 font-semibold text-lg outline-hidden"
              >
                {title}
              </h2>
              <div className="flex flex-col gap-4 rounded-lg border border-line bg-canvas p-4">{content}</div>
            </section>
          ))}
        </div>
      </div>
    </>
  );
}

/** The focus goes along, so that the next Tab is inside. */
function showSection(id: string): void {
  const title = document.getElementById(`settings-${id}-title`);
  title?.scrollIntoView({ block: 'start' });
  title?.focus({ preventScroll: true });
}
