/** Looks after the destination that nothing happens to: one slow or broken thing stops only itself. */
import type { JobId } from '#shared/job.ts';
import type { StoryKeeper } from './sim-keeper.ts';
import { spared } from './sim-trouble.ts';
import type { SimWorld } from './sim-world.ts';

/** No trouble of others may hold its jobs up for so long of the time in which anything can be done. */
const withinMs = 600_000;
const everyMs = 1000;

export class SimSpared {
  readonly #world: SimWorld<StoryKeeper>;
  readonly #since = new Map<JobId, number>();
  /** Time in which the program ran and was let do its work, ms. */
  #goodMs = 0;
  #lookedAt = 0;

  constructor(world: SimWorld<StoryKeeper>) {
    this.#world = world;
  }

  /** Answers what is wrong since the last look, in sentences. */
  look(isAsleep: boolean): readonly string[] {
    const { time, isOpen, keeper, settings } = this.#world;
    const passed = time.elapsed - this.#lookedAt;
    if (passed < everyMs) return [];
    this.#lookedAt = time.elapsed;
    if (isOpen && !isAsleep && !keeper.isFull && !settings.isPaused) this.#goodMs += passed;
    const found: string[] = [];
    for (const { id, destinationId, state } of keeper.stored.values()) {
      if (destinationId !== spared) continue;
      // A flow run lacks a file that a person canceled: that is between the two.
      const isFree = !['paused', 'canceled', 'completed', 'blocked'].includes(state.name);
      const since = isFree ? (this.#since.get(id) ?? this.#goodMs) : this.#goodMs;
      const isLate = this.#goodMs - since >= withinMs;
      this.#since.set(id, isLate ? Number.POSITIVE_INFINITY : since);
      if (isLate) found.push(`Job ${id} was ${state.name} for long, and nothing was wrong with it.`);
      if (state.name === 'blocked' && state.failure.code !== 'edge-unfilled')
        found.push(`Job ${id} is blocked by ${state.failure.code}, and nothing was wrong with it.`);
    }
    return found;
  }
}
