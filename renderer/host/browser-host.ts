import { type Failure, failure } from '#shared/failure.ts';
import { type AddedFile, type AddOptions, type AddReport, type Api, ContractError } from '#shared/ipc.ts';
import type { WindowHost } from '#shared/window-host.ts';
import { openBrowserConnection } from './browser-connection.ts';
import { postFile } from './post-file.ts';
import { runInLanes } from './run-in-lanes.ts';
import type { WindowSession } from './window-session.ts';

/** A window of the browser host: the contract over its WebSocket, files over its inbox. */
export function openBrowserSession(location: Location = window.location): WindowSession {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  const { api, onState } = openBrowserConnection(`${scheme}://${location.host}/api`);
  const host: WindowHost = {
    kind: 'browser',
    // Nothing here gives out ids, so nothing else can come.
    addFiles: (files, options, onProgress = () => {}) =>
      bringAndAdd(
        api,
        files.filter((file) => file instanceof File),
        options,
        onProgress,
      ),
    takeFiles: null,
    thumbnailUrl: (id, size) => `/thumbnail/${id}?size=${size}`,
    chooseFolder: null,
    chooseFiles: null,
    findFileOf: null,
    showInFolder: null,
    async openLink(_id, url) {
      window.open(url, '_blank', 'noopener,noreferrer');
    },
    copyText,
    onConnection: onState,
    onCommand: () => () => {},
    onGiven: () => () => {},
  };
  return { api, host };
}

/** A file that could not be brought over is told among the refused; the others go on. */
async function bringAndAdd(
  api: Api,
  files: readonly File[],
  options: AddOptions,
  onProgress: (done: number, total: number) => void,
): Promise<AddReport> {
  const total = files.reduce((sum, file) => sum + file.size, 0);
  const paths: string[] = [];
  const refused: AddedFile[] = [];
  let done = 0;
  await runInLanes(files, async (file) => {
    let sent = 0;
    const count = (bytes: number) => {
      done += bytes - sent;
      sent = bytes;
      onProgress(done, total);
    };
    const outcome = await bring(file, count);
    if (typeof outcome === 'string') paths.push(outcome);
    else refused.push({ path: pathOf(file), jobId: null, outcome: 'refused', failure: outcome });
    count(file.size);
  });
  if (paths.length === 0) return { batchId: '', files: refused, ignored: [] };
  const report = await api.addFiles(paths, options);
  return { ...report, files: [...report.files, ...refused] };
}

/** The path at which the engine finds it, or why it could not be brought there. */
async function bring(file: File, onSent: (bytes: number) => void): Promise<string | Failure> {
  const query = new URLSearchParams({
    name: file.name,
    size: String(file.size),
    lastModified: String(file.lastModified),
    ...(file.webkitRelativePath === '' ? {} : { relativePath: file.webkitRelativePath }),
  });
  try {
    const answer = await postFile(`/inbox?${query}`, file, onSent);
    if (isRecord(answer) && typeof answer.path === 'string') return answer.path;
    if (isRecord(answer) && isRecord(answer.failure)) return answer.failure as unknown as Failure;
    return failure('internal', 'The inbox gave an answer that says nothing.');
  } catch {
    return failure('connection-broken', 'The file could not be read, or Hoist is not running.', {
      path: file.name,
    });
  }
}

const pathOf = (file: File) => (file.webkitRelativePath === '' ? file.name : file.webkitRelativePath);
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    if (!copyBySelection(text)) {
      throw new ContractError(failure('invalid', 'The browser did not let Hoist use the clipboard.'));
    }
  }
}

/** Works where the clipboard API is closed (no focus, an old browser), if the person has just pressed something. */
function copyBySelection(text: string): boolean {
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'sr-only';
  document.body.append(area);
  area.select();
  const isCopied = document.execCommand('copy');
  area.remove();
  return isCopied;
}
