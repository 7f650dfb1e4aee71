import { type ReactNode, useEffect, useRef } from 'react';
import { addressOf, goTo, useNavigation } from '../shell/navigation.ts';
import { PageHead } from '../shell/page-head.tsx';
import { WhileRunning } from '../shell/while-running.tsx';
import { classNames } from '../ui/class-names.ts';
import { MoreAbove } from '../ui/more-above.tsx';
import { MoreBelow } from '../ui/more-below.tsx';
import { settingsWords as words } from '../words/settings.ts';
import { About } from './about.tsx';
import { Appearance } from './appearance.tsx';
import { Bandwidth } from './bandwidth.tsx';
import { DataSection } from './data-section.tsx';
import { LinkSettings } from './link-settings.tsx';
import { Notifications } from './notifications.tsx';
import { Sending } from './sending.tsx';
import { useCurrentSection } from './use-current-section.ts';
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
const prefix = 'settings-';

/** All settings of this data directory. Each takes effect at once; there is nothing to save but a template. */
export function SettingsPage() {
  const area = useRef<HTMLDivElement>(null);
  const { current, choose } = useCurrentSection(area, prefix);
  // Asked for anew, a section is shown anew.
  const page = useNavigation((navigation) => navigation.page);
  useEffect(() => {
    if (page.name === 'settings' && page.section !== undefined) showSection(page.section);
  }, [page]);
  return (
    <>
      <PageHead title={words.title} />
      <div ref={area} className="@container min-h-0 flex-1 overflow-y-auto border-line border-t">
        <MoreAbove ground="from-panel" />
        <div className="flex items-start gap-6 px-4.5 py-5">
          <nav
            aria-label={words.index}
            // Where it begins it stays, above the fading edge.
            className="sticky top-3.75 z-20 -mt-1.25 w-34 shrink-0 self-start max-[56rem]:hidden"
          >
            {sections.map(({ id, title }) => (
              <a
                key={id}
                href={addressOf({ name: 'settings', section: id })}
                aria-current={id === current ? 'location' : undefined}
                onClick={(event) => {
                  event.preventDefault();
                  goTo({ name: 'settings', section: id });
                }}
                className={classNames(
                  'block rounded-md px-2 py-1.5 no-underline hover:bg-hover hover:text-ink',
                  id === current ? 'bg-mute font-medium text-ink' : 'text-ink-2',
                )}
              >
                {title}
              </a>
            ))}
          </nav>
          <div className="min-w-0 max-w-160 flex-1 gap-8 @min-[84rem]:max-w-none @min-[84rem]:columns-2 @min-[124rem]:columns-3 @min-[164rem]:columns-4">
            {sections.map(({ id, title, content }) => (
              <section
                key={id}
                id={`${prefix}${id}`}
                aria-labelledby={`${prefix}${id}-title`}
                onFocus={() => choose(id)}
                className="mb-8 break-inside-avoid"
              >
                <h2
                  id={`${prefix}${id}-title`}
                  tabIndex={-1}
                  className="m-0 mb-3 scroll-mt-5 font-semibold text-lg outline-hidden"
                >
                  {title}
                </h2>
                <div className="flex flex-col gap-4 rounded-lg border border-line bg-canvas p-4">
                  {id === 'about' ? content : <WhileRunning>{content}</WhileRunning>}
                </div>
              </section>
            ))}
          </div>
        </div>
        <MoreBelow ground="from-panel" />
      </div>
    </>
  );
}

/** The focus goes along, so that the next Tab is inside. */
function showSection(id: string): void {
  const title = document.getElementById(`${prefix}${id}-title`);
  title?.scrollIntoView({ block: 'start' });
  title?.focus({ preventScroll: true });
}
