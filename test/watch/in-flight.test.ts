import { describe, expect, it } from 'vitest';
import { InFlight } from '../../electron/watch/in-flight.ts';

/** Tasks that end when they are told to. */
function stage(most: number) {
  const inFlight = new InFlight(most);
  const tasks: PromiseWithResolvers<void>[] = [];
  const start = () =>
    inFlight.start(() => {
      const task = Promise.withResolvers<void>();
      tasks.push(task);
      return task.promise;
    });
  return { inFlight, tasks, start };
}

const soon = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('tasks in flight', () => {
  it('are so many at most: one more waits until one has ended', async () => {
    const { inFlight, tasks, start } = stage(2);
    await start();
    await start();
    const third = start();
    await soon();
    expect(tasks).toHaveLength(2);
    tasks[1]?.resolve();
    await third;
    expect(tasks).toHaveLength(3);
    for (const task of tasks) task.resolve();
    await inFlight.done();
  });

  it('are all over when it says done, whichever failed', async () => {
    const { inFlight, tasks, start } = stage(2);
    await start();
    await start();
    let isDone = false;
    const done = inFlight.done().finally(() => {
      isDone = true;
    });
    const failed = expect(done).rejects.toThrow('the first');
    tasks[0]?.reject(new Error('the first'));
    await soon();
    expect(isDone).toBe(false);
    tasks[1]?.resolve();
    await failed;
  });

  it('start no other when one has failed', async () => {
    const { tasks, start } = stage(2);
    await start();
    tasks[0]?.reject(new Error('broken'));
    await soon();
    await expect(start()).rejects.toThrow('broken');
    expect(tasks).toHaveLength(1);
  });
});
