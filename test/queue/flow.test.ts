import { describe, expect, it } from 'vitest';
import { memoryWorld } from '../support/sim-world.ts';

describe('one file', () => {
  for (const kind of ['runflow', 'flora', 'cyberun', 'pupload'] as const) {
    it(`goes all the way at ${kind}`, async () => {
      const world = memoryWorld({ destinations: [{ id: 'd1', kind }] });
      await world.open();
      const [id = 0] = await world.give(['a']);
      const job = await world.untilState(id, 'completed');
      await world.time.advance(100);
      expect(job).toMatchObject({ attempts: 0, renewals: 0 });
      expect(world.service().bodies).toHaveLength(1);
      expect(world.service().assets).toHaveLength(1);
      expect(world.completed).toEqual([id]);
      await world.close();
      expect(world.notices).toEqual([]);
      expect(world.time.pendingOf(world.process)).toBe(0);
    });
  }
});
