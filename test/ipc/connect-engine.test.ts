import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ConnectOptions, connectEngine, EngineBusyError } from '#ipc';
import { systemClock } from '#ports/clock.ts';
import type { EngineService } from '#ports/engine-service.ts';
import { OtherVersionError } from '#shared/api-client.ts';
import { createFakeEngine } from '../support/fake-engine.ts';

let dir: string;
let undo: (() => unknown)[];
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'hoist-connect-'));
  undo = [() => rm(dir, { recursive: true, force: true })];
});
afterEach(async () => {
  for (const task of undo.reverse()) await task();
});

/** A directory with a lock in memory: one engine at a time. */
function createDirectory() {
  const engines: ReturnType<typeof createFakeEngine>[] = [];
  let isLocked = false;
  const open = async (): Promise<EngineService | 'locked'> => {
    if (isLocked) return 'locked';
    isLocked = true;
    const engine = createFakeEngine({ dataDir: dir });
    engines.push(engine);
    return {
      ...engine.service,
      async close() {
        await engine.service.close();
        isLocked = false;
      },
    };
  };
  const lock = (locked: boolean) => {
    isLocked = locked;
  };
  return { engines, open, lock };
}

async function joinEngine(options: Partial<ConnectOptions> & Pick<ConnectOptions, 'open'>) {
  const connection = await connectEngine({ dataDir: dir, clock: systemClock, ...options });
  undo.push(() => connection.close());
  return connection;
}

test('the first is the owner, the others talk to it', async () => {
  const { open, engines } = createDirectory();
  const owner = await joinEngine({ open });
  const others = await Promise.all([joinEngine({ open }), joinEngine({ open }), joinEngine({ open })]);
  expect(owner.isOwner).toBe(true);
  expect(others.map((other) => other.isOwner)).toEqual([false, false, false]);
  await others[0]?.api.addFiles(['/a'], { destinationId: 'demo-flora' });
  expect((await owner.api.countJobs({})).all).toBe(1);
  expect(engines).toHaveLength(1);
});

test('of ten at once exactly one becomes the owner', async () => {
  const { open, engines } = createDirectory();
  const all = await Promise.all(Array.from({ length: 10 }, () => joinEngine({ open })));
  expect(all.filter((connection) => connection.isOwner)).toHaveLength(1);
  expect(engines).toHaveLength(1);
  await Promise.all(all.map((connection) => connection.api.snapshot()));
});

test('waits for an owner that has the lock but does not listen yet', async () => {
  const { open, lock } = createDirectory();
  lock(true);
  let tries = 0;
  const connection = await joinEngine({
    open: () => {
      tries += 1;
      if (tries === 3) lock(false);
      return open();
    },
  });
  expect(connection.isOwner).toBe(true);
  expect(tries).toBe(3);
});

test('gives up with a clear error when the lock is held and nobody answers', async () => {
  const connecting = connectEngine({
    dataDir: dir,
    clock: systemClock,
    open: async () => 'locked',
    patienceMs: 250,
  });
  await expect(connecting).rejects.toThrow(EngineBusyError);
  await expect(connecting).rejects.toThrow(dir);
});

test('when the owner goes, its clients hear of it and one of them takes over', async () => {
  const { open, engines } = createDirectory();
  const owner = await joinEngine({ open });
  const client = await joinEngine({ open });
  expect(client.hasEnded()).toBe(false);
  await owner.close();
  await client.ended;
  expect(client.hasEnded()).toBe(true);
  const next = await joinEngine({ open });
  expect(next.isOwner).toBe(true);
  expect(engines.map((engine) => engine.isClosed())).toEqual([true, false]);
});

test('a client may ask the owner to shut down; the owner decides how', async () => {
  const { open, engines } = createDirectory();
  const owner = await joinEngine({ open });
  const client = await joinEngine({ open });
  await client.api.shutdown();
  await owner.ended;
  expect(engines[0]?.isClosed()).toBe(false);
  await owner.close();
  await owner.close();
  expect(engines[0]?.isClosed()).toBe(true);
});

test('hanging up leaves the engine of another process alone', async () => {
  const { open, engines } = createDirectory();
  const owner = await joinEngine({ open });
  const client = await joinEngine({ open });
  await client.close();
  expect(engines[0]?.isClosed()).toBe(false);
  expect((await owner.api.snapshot()).counts.all).toBe(0);
});

test('an owner removes the temporary folders that a killed process has left', async () => {
  const engine = createFakeEngine({ dataDir: dir });
  await engine.service.addWatchFolder({
    path: '/once',
    destinationId: 'demo-flora',
    isTemporary: true,
  } as never);
  await engine.service.addWatchFolder({ path: '/kept', destinationId: 'demo-flora' } as never);
  const connection = await joinEngine({ open: async () => engine.service });
  const { folders } = await connection.api.snapshot();
  expect(folders.map((view) => view.folder.path)).toEqual(['/kept']);
});

test('a short look is not served to others', async () => {
  const { open } = createDirectory();
  await joinEngine({ open, isServed: false });
  await expect(connectEngine({ dataDir: dir, clock: systemClock, open, patienceMs: 0 })).rejects.toThrow(
    EngineBusyError,
  );
});

test('an engine that speaks another protocol is named, not waited for', async () => {
  const server = createServer((socket) => socket.write('{"hoist":999}\n'));
  await new Promise<void>((resolve) => server.listen(join(dir, 'engine.sock'), resolve));
  undo.push(() => server.close());
  await expect(
    connectEngine({ dataDir: dir, clock: systemClock, open: async () => 'locked' }),
  ).rejects.toThrow(OtherVersionError);
});

test('works in a directory whose path is too long for a socket', async () => {
  const long = join(dir, 'x'.repeat(120));
  await mkdir(long);
  const { open } = createDirectory();
  const owner = await joinEngine({ dataDir: long, open });
  const client = await joinEngine({ dataDir: long, open });
  expect([owner.isOwner, client.isOwner]).toEqual([true, false]);
});
