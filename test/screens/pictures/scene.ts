/**
 * A queue in which everything is going on at once, made with real uploads to the demo service and its faults: files that go
 * up slowly, one whose link ran out, one that waits, one that is too large, one that failed, and some that are done.
 */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { App } from '../support/app.ts';
import { waitForWords } from '../support/wait-for-words.ts';
import { type Painting, paint } from './paint.ts';

type Prepared = Pick<App, 'dataDir' | 'files' | 'write' | 'hoist' | 'hoistWithKey' | 'start'>;

/** So slow that the files are on their way while all pictures of them are taken. */
const slow = '{"value":400000,"dialect":"flora","stage":"upload"}';
const ranOut = '{"value":7200000,"dialect":"flora","stage":"upload","first":1}';
const statuses =
  '[{"value":{"status":429,"retryAfter":900},"dialect":"cyberun","stage":"reserve","after":2},{"value":403,"dialect":"pupload","stage":"upload","first":2}]';
const runFails = '{"value":"the model is out of memory","dialect":"pupload"}';

const done: readonly (Painting & { readonly to: string })[] = [
  painting('mask-input-image.jpg', '#311b92', '#4dd0e1', 'demo-cyberun'),
  painting('lookbook-spread-04-cmyk.png', '#880e4f', '#ffab91', 'demo-runflow'),
  painting('bottle-side-light.png', '#4e342e', '#ffcc80', 'demo-runflow'),
  painting('contact-sheet-113.jpg', '#0f5132', '#9ccc65', 'demo-cyberun'),
  painting('garden-still-A011.webp', '#1b3a4b', '#80ffdb', 'demo-runflow'),
  painting('studio-plate-clean.jpg', '#3d2c2e', '#e0b1cb', 'demo-runflow'),
];

const sending: readonly Painting[] = [
  painting('hero-perfume-bottle-final-v3.png', '#243b7a', '#ff8a65', '', 3600),
  painting('garden-tracking-shot-A012.png', '#0f5132', '#9ccc65', '', 3300),
  painting('beauty-pass-0412-denoised.png', '#5f0f40', '#fb8b24', '', 3000),
];

function painting(name: string, from: string, to: string, destination: string, width = 900) {
  return { name, colors: [from, to] as const, width, height: Math.round(width * 0.66), to: destination };
}

let runflow = { baseUrl: '', key: '' };
/** The address and the key of the Runflow that the demo service plays, once the scene is prepared. */
export const runflowOfScene = (): typeof runflow => runflow;

/** Before the window opens: the demo service with its faults, and what is done by then. */
export async function prepareScene(prepared: Prepared): Promise<void> {
  const { files, write, hoist, start } = prepared;
  const demo = start(
    'demo',
    '--fault',
    `slow=${slow}`,
    '--fault',
    `status=${statuses}`,
    '--fault',
    `storeSkewMs=${ranOut}`,
    '--fault',
    `runFails=${runFails}`,
  );
  const [, baseUrl = '', key = ''] = await waitForWords(demo, /Runflow +(\S+) +key (\S+)/);
  runflow = { baseUrl, key };
  await mkdir(join(files, 'Renders', 'drafts'), { recursive: true });
  for (const { to, ...picture } of done)
    await hoist('upload', await write(picture.name, await paint(picture)), '--to', to);
  await write('Renders/turntable-shot-07.webp', await paint(painting('a.webp', '#243b7a', '#7c4dff', '')));
  await write('Renders/turntable-shot-08.webp', await paint(painting('a.webp', '#7c4dff', '#ff8a65', '')));
  await write('Renders/drafts/sketch.psd', 'not a picture');
  await write('Renders/.cache.tmp', 'temporary');
  for (const picture of done) await write(`Exports/${picture.name}`, await paint(picture));
  await write('Exports/interview-cut-02.mov', new Uint8Array(62_000_000));
  await write('Exports/empty.png', '');
  await write('Exports/.DS_Store', 'x');
  // The store refuses the first of them for good; the flow run of the second ends with an error.
  for (const name of ['depth-map-17.png', 'relight-take-09.png']) {
    await hoist(
      'upload',
      await write(name, await paint(painting(name, '#222222', '#dddddd', ''))),
      '--to',
      'demo-pupload',
    );
  }
  await watchOnce(prepared, 'Renders', 'demo-runflow', '--existing', '--ignore', 'drafts/');
  for (const number of ['018', '019', '021'])
    await write(`Selects/portrait-${number}.jpg`, await paint(painting('a.jpg', '#3d2c2e', '#e0b1cb', '')));
  await write('Selects/shot list.txt', 'what is to be taken');
  await watchOnce(prepared, 'Selects', 'demo-flora', '--ignore', '*', '--ignore', '!*.jpg');
  await mkdir(join(files, 'Camera card'));
  await watchOnce(prepared, 'Camera card', 'demo-flora');
  // It was taken out.
  await rm(join(files, 'Camera card'), { recursive: true });
}

/** A folder that is watched once is remembered, so the window finds it. */
async function watchOnce(
  { files, start }: Prepared,
  folder: string,
  to: string,
  ...rules: readonly string[]
) {
  const watch = start('watch', join(files, folder), '--to', to, ...rules);
  await waitForWords(watch, /Watching/);
  watch.process.kill('SIGINT');
  await watch.ended;
}

/** With the window open: what goes on while the picture is taken. */
export async function playScene({ write, start }: Prepared): Promise<void> {
  const give = async (name: string, content: Uint8Array, to: string) =>
    void start('upload', await write(name, content), '--to', to);
  await give('interview-cut-02.mov', new Uint8Array(62_000_000), 'demo-runflow');
  // So that the types which Runflow takes are known, and what it refuses.
  await give('hero-still-02.png', await paint(painting('a.png', '#5f0f40', '#9ccc65', '')), 'demo-runflow');
  await give(
    'contact-sheet-114.jpg',
    await paint(painting('a.jpg', '#264653', '#e9c46a', '')),
    'demo-cyberun',
  );
  for (const picture of sending) await give(picture.name, await paint(picture), 'demo-flora');
}

const accounts = ['Studio library', 'Northlight campaign'] as const;

/** Accounts of somebody's own; nothing is sent to them. */
export async function addAccounts({ hoistWithKey }: Prepared): Promise<void> {
  const [library, campaign] = accounts;
  const add = (name: string, key: string, ...options: readonly string[]) =>
    hoistWithKey(key, 'destinations', 'add', name, ...options);
  await add(library, 'rf_live_27c1e9b04f2a', '--kind', 'runflow');
  await add(
    campaign,
    'fl_live_83d05b7a6e19',
    '--kind',
    'flora',
    '--workspace-id',
    'ws_northlight',
    '--folder',
    'Autumn',
  );
}

export async function removeAccounts({ hoist }: Prepared): Promise<void> {
  for (const name of accounts) await hoist('destinations', 'remove', name);
}
