import { expect, test } from 'vitest';
import { createSession } from '#ipc';
import { systemClock } from '#ports/clock.ts';
import {
  createToldLinks,
  limitSession,
  mayBeOpened,
} from '../../../electron/desktop/window/window-rights.ts';
import { createFakeEngine } from '../../support/fake-engine.ts';

function limited() {
  const engine = createFakeEngine();
  const links = createToldLinks();
  const known = new Set<string>();
  const agreed = new Set<string>();
  const asked: (readonly string[])[] = [];
  const session = limitSession(
    createSession(engine.service, systemClock, () => true),
    {
      links,
      isFileOfJob: async (path) => known.has(path),
      watchFolders: async () => (await engine.service.snapshot()).folders.map(({ folder }) => folder),
      folders: {
        async allows(paths) {
          asked.push(paths);
          return paths.every((path) => agreed.has(path));
        },
      },
    },
  );
  return { engine, links, known, agreed, asked, session };
}

const to = { destinationId: 'demo-flora' };
const names = (engine: ReturnType<typeof createFakeEngine>) => engine.calls.map(({ name }) => name);

test('a window adds no file by its path, and moves no job to one', async () => {
  const { engine, session, known } = limited();
  known.add('/mine.png');
  engine.add('/mine.png');
  for (const [name, args] of [
    ['addFiles', [['/etc/passwd'], to]],
    ['addFiles', [['/mine.png', '/etc/passwd'], to]],
    ['relocateJob', [1, '/etc/passwd']],
    ['relocateJob', [1, '/mine.png']],
  ] as const) {
    expect(await session.dispatch(name, args)).toMatchObject({ ok: false, failure: { code: 'invalid' } });
  }
  expect(names(engine)).not.toContain('addFiles');
  expect(names(engine)).not.toContain('relocateJob');
});

test('a file that has a job may be sent once more', async () => {
  const { engine, session, known } = limited();
  known.add('/mine.png');
  const answer = await session.dispatch('addFiles', [['/mine.png'], { ...to, isForced: true }]);
  expect(answer).toMatchObject({ ok: true });
  expect(names(engine)).toContain('addFiles');
});

test('what is no list of paths, the engine refuses', async () => {
  const { session } = limited();
  expect(await session.dispatch('addFiles', ['/etc/passwd', to])).toMatchObject({ ok: false });
  expect(await session.dispatch('addFiles', [[{ path: '/etc/passwd' }], to])).toMatchObject({ ok: false });
});

test('a folder that a window names is watched only with consent', async () => {
  const { engine, session, agreed, asked } = limited();
  const draft = { path: '/home/me/renders', destinationId: 'demo-flora' };
  const carried = JSON.stringify({ watchFolders: [draft] });
  for (const [name, args] of [
    ['addWatchFolder', [draft]],
    ['importSettings', [carried]],
  ] as const) {
    expect(await session.dispatch(name, args)).toMatchObject({
      ok: false,
      failure: { code: 'folder-refused' },
    });
  }
  expect(names(engine)).not.toContain('addWatchFolder');
  expect(names(engine)).not.toContain('importSettings');
  agreed.add(draft.path);
  const added = await session.dispatch('addWatchFolder', [draft]);
  expect(added).toMatchObject({ ok: true });
  const id = (await engine.service.snapshot()).folders[0]?.folder.id ?? expect.unreachable();
  const move = { after: { kind: 'move', directory: '/mnt/elsewhere' } };
  expect(await session.dispatch('updateWatchFolder', [id, move])).toMatchObject({ ok: false });
  expect(asked).toEqual([[draft.path], [draft.path], [draft.path], ['/mnt/elsewhere']]);
  expect(names(engine)).not.toContain('updateWatchFolder');
});

test('everything else passes as it is', async () => {
  const { session } = limited();
  expect(await session.dispatch('snapshot', [])).toMatchObject({ ok: true });
  expect(await session.dispatch('nothing', [])).toMatchObject({ ok: false, failure: { code: 'invalid' } });
});

test('a link that was told may be opened, for that job', async () => {
  const { engine, session, links } = limited();
  const { id } = engine.add('/a.png');
  engine.complete(id, 'https://cdn.example/a.png?signature=1');
  await session.dispatch('copyLink', [id, 'markdown']);
  expect(links.has(id, 'https://cdn.example/a.png?signature=1')).toBe(true);
  expect(links.has(id + 1, 'https://cdn.example/a.png?signature=1')).toBe(false);
  expect(links.has(id, 'https://cdn.example/a.png')).toBe(false);
});

test('old links are forgotten', () => {
  const links = createToldLinks();
  for (let id = 1; id <= 1001; id++) links.remember(id, 'https://a/');
  expect(links.has(1, 'https://a/')).toBe(false);
  expect(links.has(2, 'https://a/')).toBe(true);
});

test.each([
  ['https://cdn.example/a.png', true],
  ['http://127.0.0.1:4000/a', true],
  ['http://localhost:4000/a', true],
  ['http://[::1]:4000/a', true],
  ['http://cdn.example/a.png', false],
  ['http://127.0.0.1.example/', false],
  ['https://user:password@cdn.example/', false],
  ['https://user@cdn.example/', false],
  ['file:///etc/passwd', false],
  ['javascript:alert(1)', false],
  ['app://bundle/', false],
  ['ms-msdt:/id', false],
  ['smb://server/share', false],
  ['\\\\server\\share', false],
  ['', false],
])('%s may be opened: %s', (address, may) => expect(mayBeOpened(address)).toBe(may));
