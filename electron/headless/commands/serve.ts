import { rendererDirectory } from '#screens';
import type { Context } from '../context.ts';
import { createBrowserHost } from '../serve/browser-host.ts';
import { badPort } from '../serve/texts.ts';
import { UsageError } from '../usage-error.ts';
import { run } from './run.ts';

export interface ServeOptions {
  readonly port?: string;
  /** False with --no-open. */
  readonly open?: boolean;
}

/** What `run` does, and windows in a browser on top. */
export async function serve(context: Context, options: ServeOptions): Promise<number> {
  const { surroundings, display, dataDir } = context;
  const host = createBrowserHost({
    dataDir,
    surroundings,
    rendererDir: rendererDirectory(),
    port: options.port === undefined ? null : parsePort(options.port),
    say: display.say,
    onAddress(address) {
      if (options.open !== false) surroundings.openInBrowser(address);
    },
    onBug(error) {
      if ((surroundings.env.HOIST_DEBUG ?? '') !== '') surroundings.stderr.write(`serve: ${String(error)}\n`);
    },
  });
  try {
    const asBrowser: Context = { ...context, connect: (purpose) => context.connect(purpose, 'browser') };
    return await run(asBrowser, {}, host.join);
  } finally {
    await host.close();
  }
}

function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new UsageError(badPort(text));
  return port;
}
