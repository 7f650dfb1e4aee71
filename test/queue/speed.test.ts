import { describe, expect, it } from 'vitest';
import { burstMs, createSpeedMeter, speedOfAll } from '../../electron/queue/speed.ts';

function meter(skippedMs = 0) {
  let now = 0;
  const speed = createSpeedMeter({ monotonic: () => now }, skippedMs);
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

  describe('for people', () => {
    /** 20 s at 1000 bytes a second, after what filled buffers. */
    function moving() {
      const stage = meter(burstMs);
      stage.at(0, 0);
      stage.at(100, 9_000_000);
      for (let ms = 500; ms <= 20_500; ms += 100) stage.at(ms, 9_000_000 + ms);
      return { ...stage, bytes: 9_020_500 };
    }

    it('is the same while it is steady', () => {
      const { speed } = moving();
      expect(speed.read()).toBeCloseTo(1000, 5);
      expect(speed.said()).toBe(speed.read());
    });

    it('is none on the way to a rest', () => {
      const { at, speed } = moving();
      at(21_500);
      expect(speed.said()).toBe(speed.read());
      at(23_000);
      expect(speed.read()).toBeGreaterThan(0);
      expect(speed.said()).toBe(0);
    });

    it('is none at the beginning after a rest, and then what it is', () => {
      const { at, speed, bytes } = moving();
      for (let ms = 100; ms <= 1000; ms += 100) at(40_500 + ms, bytes + ms);
      expect(speed.read()).toBeGreaterThan(0);
      expect(speed.said()).toBe(0);
      for (let ms = 1100; ms <= 3500; ms += 100) at(40_500 + ms, bytes + ms);
      expect(speed.read()).toBeCloseTo(1000, 5);
      expect(speed.said()).toBe(speed.read());
    });

    it('is what it is of one that has become slow, within 6 s', () => {
      const { at, speed, bytes } = moving();
      for (let ms = 100; ms <= 6100; ms += 100) at(20_500 + ms, bytes + ms / 20);
      expect(speed.read()).toBeCloseTo(50, 5);
      expect(speed.said()).toBe(speed.read());
    });
  });

  it('is one also where readings are further apart than what it looks at', () => {
    const { at } = meter();
    for (let second = 0; second <= 20; second += 4) at(second * 1000, second * 100);
    expect(at(20_000)).toBe(100);
    expect(at(22_000)).toBeCloseTo(66.7, 1);
  });

  it('does not take buffers that are filled at first for the speed of the line', () => {
    const { at } = meter(burstMs);
    for (let ms = 0; ms < 500; ms += 100) at(ms, 9_000_000);
    expect(at(600)).toBeNull();
    for (let ms = 700; ms <= 6000; ms += 100) {
      const read = at(ms, 9_000_000 + (ms - 400));
      if (read !== null) expect(read).toBeCloseTo(1000, 5);
      expect(read === null).toBe(ms < 700);
    }
  });

  it('stays right under many readings', () => {
    const { at } = meter();
    let read: number | null = null;
    for (let ms = 0; ms <= 20_000; ms += 10) read = at(ms, ms * 7);
    expect(read).toBe(7000);
  });
});

describe('the speed of all', () => {
  function line(skippedMs = 0) {
    let now = 0;
    let total = 0;
    const clock = { monotonic: () => now };
    const all = createSpeedMeter(clock);
    return {
      of: (...running: readonly ReturnType<typeof createSpeedMeter>[]) => speedOfAll(all, running, clock),
      transfer() {
        const own = createSpeedMeter(clock, skippedMs);
        let sent = 0;
        return Object.assign(own, {
          send(bytes: number) {
            total += bytes;
            sent += bytes;
            all.record(total);
            own.record(sent);
          },
        });
      },
      pass(ms: number) {
        now += ms;
      },
    };
  }

  it('is the sum of what each says, from the first moment on', () => {
    const { of, transfer, pass } = line();
    const [old, young] = [transfer(), transfer()];
    for (let step = 0; step < 60; step += 1) {
      old.send(100);
      if (step >= 55) young.send(1000);
      pass(100);
    }
    const sum = (old.read() ?? 0) + (young.read() ?? 0);
    expect(young.read()).toBe(8000);
    expect(of(old, young)).toBeCloseTo(sum, 5);
  });

  it('counts what is too short for a speed of its own, alone and beside a long one', () => {
    const { of, transfer, pass } = line();
    const long = transfer();
    const tiny = () => transfer().send(50);
    for (let step = 0; step < 40; step += 1) {
      tiny();
      pass(100);
    }
    expect(of()).toBeCloseTo(500, -2);
    for (let step = 0; step < 40; step += 1) {
      long.send(100);
      tiny();
      pass(100);
    }
    expect(of(long)).toBeCloseTo((long.read() ?? 0) + 500, -2);
  });

  it('leaves out what fills buffers, until the speed of its transfer is known', () => {
    const { of, transfer, pass } = line(burstMs);
    const steady = transfer();
    for (let step = 0; step < 30; step += 1) {
      steady.send(100);
      pass(100);
    }
    const next = transfer();
    next.send(9_000_000);
    pass(100);
    steady.send(100);
    expect(next.read()).toBeNull();
    expect(of(steady, next)).toBeCloseTo(steady.read() ?? 0, 5);
    expect(of(next)).toBeLessThan(2000);
    // A file that is there was sent, however much of it lay in buffers.
    expect(of(steady)).toBeGreaterThan(1_000_000);
  });

  it('does not count the predecessors of one that has just begun', () => {
    const { of, transfer, pass } = line();
    const before = transfer();
    for (let step = 0; step < 30; step += 1) {
      before.send(1000);
      pass(100);
    }
    const next = transfer();
    for (let step = 0; step < 5; step += 1) {
      next.send(1000);
      pass(100);
    }
    expect(of(next)).toBeCloseTo(next.read() ?? 0, 5);
  });

  it('falls to nothing when all stand still, and sees what moves beside one that does', () => {
    const { of, transfer, pass } = line();
    const [stalled, tiny] = [transfer(), transfer()];
    for (let step = 0; step < 10; step += 1) {
      stalled.send(100);
      pass(100);
    }
    pass(20_000);
    expect(of(stalled)).toBe(0);
    for (let step = 0; step < 30; step += 1) {
      tiny.send(50);
      pass(100);
    }
    expect(of(stalled)).toBeCloseTo(500, -2);
  });
});
