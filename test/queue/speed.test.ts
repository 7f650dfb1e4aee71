import { describe, expect, it } from 'vitest';
import { createSpeedMeter } from '../../electron/queue/speed.ts';

function meter() {
  let now = 0;
  const speed = createSpeedMeter({ monotonic: () => now });
  return {
    speed,
    at(ms: number, bytes?: number) {
      now = ms;
      if (bytes !== undefined) speed.record(bytes);
      return speed.read();
    },
  };
}

describe('the speed meter', () => {
  it('says nothing before two readings that are 200 ms apart', () => {
    const { at } = meter();
    expect(at(0)).toBeNull();
    expect(at(0, 100)).toBeNull();
    expect(at(150, 200)).toBeNull();
    expect(at(200, 300)).toBe(1000);
  });

  it('one reading is no speed, however old', () => {
    const { at } = meter();
    at(0, 5000);
    expect(at(1000)).toBeNull();
    expect(at(60_000)).toBeNull();
  });

  it('forgets what is older than 3 s', () => {
    const { at } = meter();
    for (let second = 0; second <= 10; second += 1) at(second * 1000, second < 7 ? 0 : (second - 6) * 1000);
    expect(at(10_000)).toBe(1000);
  });

  it('falls to nothing when bytes stop', () => {
    const { at } = meter();
    at(0, 0);
    at(1000, 1000);
    expect(at(2000)).toBe(500);
    expect(at(20_000)).toBe(0);
  });

  it('stays right under many readings', () => {
    const { at } = meter();
    let read: number | null = null;
    for (let ms = 0; ms <= 20_000; ms += 10) read = at(ms, ms * 7);
    expect(read).toBe(7000);
  });
});
