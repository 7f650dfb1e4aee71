/** The demo service of a data directory: found where it runs already, else started inside this process, on demand. */
import { join } from 'node:path';
import type { DemoAddress, OpenedDemo } from '#demo';
import { type Destination, demoNotStartedUrl, type ProviderKind } from '#shared/destination.ts';

export interface DemoHost {
  /** The address last seen; null before the first use in this process. */
  readonly address: DemoAddress | null;
  /** It runs in this process, and ends with it. */
  readonly isOwn: boolean;
  /** Starts it where it does not run. Called once per need: the address is remembered until `forget`. */
  open(): Promise<DemoAddress>;
  /** It does not answer any more: look again at the next need. */
  forget(): void;
  close(): Promise<void>;
}

/** `notify` hears what a person should know of its start. */
export function createDemoHost(dataDir: string, notify: (text: string) => void): DemoHost {
  const directory = join(dataDir, 'demo');
  let address: DemoAddress | null = null;
  let opening: Promise<DemoAddress> | null = null;
  let own: OpenedDemo<unknown> | null = null;

  async function findOrStart(): Promise<DemoAddress> {
    await own?.close();
    // Most engines never need it.
    const { openDemoWith, startDemoInWorker } = await import('#demo');
    const opened = await openDemoWith({ directory }, startDemoInWorker);
    own = opened;
    if (opened.service !== null && opened.service.notice !== null) notify(opened.service.notice);
    return opened.address;
  }

  return {
    get address() {
      return address;
    },
    get isOwn() {
      return own !== null && own.service !== null;
    },
    async open() {
      if (address !== null) return address;
      opening ??= findOrStart().finally(() => {
        opening = null;
      });
      address = await opening;
      return address;
    },
    forget() {
      address = null;
    },
    async close() {
      await opening?.catch(() => undefined);
      await own?.close();
      own = null;
    },
  };
}

/** The four destinations of the demo service: they exist in every data directory without set-up. */
export function demoDestinations(address: DemoAddress | null): readonly Destination[] {
  const common = (kind: ProviderKind) => ({
    id: `demo-${kind}`,
    name: `demo-${kind}`,
    baseUrl: address === null ? demoNotStartedUrl : address[kind].baseUrl,
    lanes: 4,
    isPaused: false,
    isDemo: true,
  });
  return [
    { ...common('runflow'), kind: 'runflow' },
    { ...common('flora'), kind: 'flora', workspaceId: address?.flora.workspaceId ?? 'ws_demo' },
    { ...common('cyberun'), kind: 'cyberun', maxSizeBytes: 500_000_000 },
    {
      ...common('pupload'),
      kind: 'pupload',
      projectId: address?.pupload.projectId ?? '00000000-0000-4000-8000-000000000000',
      flowName: address?.pupload.flowName ?? 'demo',
    },
  ];
}
