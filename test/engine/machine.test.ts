/** Sleep comes and goes while a real engine sends to the demo service. */
import { expect, it, onTestFinished } from 'vitest';
import { openEngine } from '#engine';
import { systemClock } from '#ports/clock.ts';
import type { MachineEvents, MachineListener } from '#ports/host.ts';
import { followMachine } from '../../electron/engine/follow-machine.ts';
import { engineFixture, watchJobs } from '../support/engine-fixture.ts';
import { randomFile, temporaryDirectory } from '../support/temporary.ts';

function machine() {
  const listeners = new Set<MachineListener>();
  const events: MachineEvents = {
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return { events, listeners, tell: () => [...listeners][0] as MachineListener };
}

async function sleepyEngine() {
  const { demo } = await engineFixture();
  const dataDir = await temporaryDirectory();
  const { events, listeners, tell } = machine();
  const engine = await openEngine({
    dataDir,
    host: {
      name: 'desktop',
      keyWrap: null,
      trash: null,
      machine: events,
      logDirectory: `${dataDir}/logs`,
      notices: [{ level: 'info', text: 'Keys are kept in a file.' }],
    },
    version: '0.0.0-test',
    clock: systemClock,
    random: Math.random,
    environment: { HOIST_POLL_SCALE: '0.02' },
  });
  if (engine === 'locked') throw new Error('locked');
  onTestFinished(() => engine.close());
  const { baseUrl, key } = demo.address.runflow;
  const { destination } = await engine.addDestination({ kind: 'runflow', name: 'here', baseUrl }, key);
  return { engine, demo, dataDir, destination, listeners, tell, ...watchJobs(engine) };
}

it('sleep interrupts what runs and costs no attempt; waking starts it again at once', async () => {
  const { engine, demo, dataDir, destination, tell, until, atRest } = await sleepyEngine();
  demo.setFaults({ slow: { value: 400_000, stage: 'upload' } });
  const { path } = await randomFile(dataDir, 'a.png', 1_200_000);
  const { files } = await engine.addFiles([path], { destinationId: destination.id });
  const ids = files.map(({ jobId }) => jobId ?? 0);
  await until(ids, ([job]) => job?.state.name === 'uploading');
  await tell().suspending();
  expect(engine.activeJobs()).toEqual([]);
  const [asleep] = await engine.rows(ids);
  expect([asleep?.state.name, asleep?.attempts]).toEqual(['queued', 0]);
  demo.setFaults({});
  tell().awake();
  const [done] = await atRest(ids);
  expect([done?.state.name, done?.attempts]).toEqual(['completed', 0]);
});

it('the host says where its log is and what is to be known; a closed engine hears nothing more', async () => {
  const { engine, dataDir, listeners } = await sleepyEngine();
  const { engine: about, notices } = await engine.snapshot();
  expect(about.logDirectory).toBe(`${dataDir}/logs`);
  expect(notices.map(({ text }) => text)).toContain('Keys are kept in a file.');
  expect(listeners.size).toBe(1);
  await engine.close();
  expect(listeners.size).toBe(0);
});

it('what the machine says reaches queue and watch folders', async () => {
  const told: string[] = [];
  const { events, listeners, tell } = machine();
  const undo = followMachine(events, {
    queue: {
      suspend: async () => void told.push('suspend'),
      awake: () => void told.push('awake'),
      networkChanged: () => void told.push('network'),
    },
    watcher: { reconcileAll: () => void told.push('look at folders') },
  });
  await tell().suspending();
  tell().awake();
  tell().networkChanged();
  expect(told).toEqual(['suspend', 'awake', 'look at folders', 'network', 'look at folders']);
  undo();
  expect(listeners.size).toBe(0);
});
