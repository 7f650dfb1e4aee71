import { CSPProvider } from '@base-ui/react/csp-provider';
import { Tooltip } from '@base-ui/react/tooltip';
import { useEffect, useLayoutEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { listenForKeys, runCommand } from './commands/registry.ts';
import { useFolderCommands } from './folders/use-folder-commands.ts';
import { useCopyAfterUpload } from './links/copy-after-upload.ts';
import { useLive, useWindow, type WindowContext, WindowProvider } from './live/window-context.tsx';
import { useAppearance } from './shell/appearance.ts';
import { useAttention } from './shell/attention.ts';
import { ConnectionBanner } from './shell/connection-banner.tsx';
import { DropOverlay } from './shell/drop-overlay.tsx';
import { useGlobalCommands } from './shell/global-commands.ts';
import { followAddress, goTo, useNavigation } from './shell/navigation.ts';
import { Sidebar } from './shell/sidebar.tsx';
import { StatusBar } from './shell/status-bar.tsx';
import { Waiting } from './shell/waiting.tsx';
import { Toasts } from './ui/toasts.tsx';
import { FilePickerProvider } from './uploads/head/file-picker.tsx';
import { UploadsPage } from './uploads/uploads-page.tsx';
import { bringOtherScreens, type OtherScreens, useOtherScreens } from './use-other-screens.ts';

/** Puts the screens on the page, once all that its address asks for is there: no frame is drawn around nothing. */
export async function showScreens(context: WindowContext): Promise<void> {
  const root = document.getElementById('root');
  if (root === null) throw new Error('The page has no place for the screens.');
  followAddress();
  if (useNavigation.getState().page.name !== 'uploads') await bringOtherScreens();
  createRoot(root).render(<App context={context} />);
}

function App({ context }: { readonly context: WindowContext }) {
  return (
    <WindowProvider value={context}>
      <CSPProvider disableStyleElements>
        <Tooltip.Provider delay={500}>
          <Screens />
          <Toasts />
        </Tooltip.Provider>
      </CSPProvider>
    </WindowProvider>
  );
}

function Screens() {
  useAppearance();
  useEffect(listenForKeys, []);
  const isReady = useLive((live) => live.isReady);
  return (
    <>
      {isReady ? (
        <FilePickerProvider>
          <Ready />
        </FilePickerProvider>
      ) : (
        <Waiting />
      )}
      <DropOverlay />
    </>
  );
}

function Ready() {
  useGlobalCommands();
  useCopyAfterUpload();
  useFolderCommands();
  useAttention();
  const { host } = useWindow();
  useEffect(() => host.onCommand(runCommand), [host]);
  const page = useNavigation(({ page }) => page.name);
  const isFirstRun = useIsFirstRun(page);
  const hasOverlay = useNavigation(({ overlay }) => overlay.name !== 'none');
  const others = useOtherScreens(isFirstRun || page !== 'uploads' || hasOverlay);
  return (
    <>
      {isFirstRun ? others !== null && <others.FirstRun /> : <Framed others={others} />}
      {others !== null && <others.Overlays />}
    </>
  );
}

/** A data directory in which nothing was ever set up or sent begins with the first run; it stays until it is left. */
function useIsFirstRun(page: string): boolean {
  const isUntouched = useLive(
    ({ settings, destinations, folders, counts }) =>
      settings?.hasSeenFirstRun === false &&
      counts.all === 0 &&
      folders.length === 0 &&
      destinations.every(({ destination }) => destination.isDemo),
  );
  const begins = isUntouched && page === 'uploads';
  useLayoutEffect(() => {
    if (begins) goTo({ name: 'first-run' });
  }, [begins]);
  return begins || page === 'first-run';
}

function Framed({ others }: { readonly others: OtherScreens | null }) {
  return (
    <div className="grid h-full grid-cols-[13.25rem_minmax(0,1fr)] grid-rows-[minmax(0,1fr)_auto] min-[120rem]:grid-cols-[17rem_minmax(0,1fr)] max-[50rem]:grid-cols-[3.25rem_minmax(0,1fr)]">
      <Sidebar />
      <main className="flex min-h-0 min-w-0 flex-col bg-panel">
        <ConnectionBanner />
        <CurrentPage others={others} />
      </main>
      <StatusBar />
    </div>
  );
}

function CurrentPage({ others }: { readonly others: OtherScreens | null }) {
  const page = useNavigation((navigation) => navigation.page.name);
  if (page === 'uploads' || page === 'first-run') return <UploadsPage />;
  return others !== null && <others.OtherPage name={page} />;
}
