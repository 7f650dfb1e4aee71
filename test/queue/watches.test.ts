/** The small parts that watch time and trouble. */
import { describe, expect, it } from 'vitest';
import { createAlarm } from '../../electron/queue/alarm.ts';
import { createClockWatch } from '../../electron/queue/clock-watch.ts';
import { ProgressMarks } from '../../electron/queue/progress-marks.ts';
import { createSurprises } from '../../electron/queue/surprises.ts';
import { newProcess, SimTime } from '../support/sim-time.ts';
import { asset, jobIn, reservation } from './job-fixture.ts';

describe('the alarm', () => {
  it('rings at the earliest time, once, and at once for one that has passed', async () => {
    const time = new SimTime();
    const process = newProcess();
    const rings: number[] = [];
    const alarm = createAlarm(time.clockOf(process), () => rings.push(time.elapsed));
    alarm.ringAt(time.wall + 5000);
    alarm.ringAt(time.wall + 2000);
    alarm.ringAt(time.wall + 9000);
    alarm.ringAt(null);
    await time.advance(20_000);
    expect(rings).toEqual([2000]);
    alarm.ringAt(time.wall - 100);
    await time.advance(10);
    expect(rings).toEqual([2000, 20_001]);
    alarm.ringAt(time.wall + 10);
    alarm.stop();
    alarm.ringAt(time.wall + 10);
    await time.advance(1000);
    expect(rings).toHaveLength(2);
    expect(time.pendingOf(process)).toBe(0);
  });

  it('a clock that is set ahead hides no near time behind a far one', async () => {
    const time = new SimTime();
    const rings: number[] = [];
    const alarm = createAlarm(time.clockOf(newProcess()), () => rings.push(time.elapsed));
    alarm.ringAt(time.wall + 60_000);
    time.jump(3_600_000);
    alarm.ringAt(time.wall + 1000);
    await time.advance(5000);
    expect(rings).toEqual([1000]);
  });
});

describe('the clock watch', () => {
  it('tells once by how much the clock was set back, and nothing of drift or a jump ahead', () => {
    let wall = 1_000_000;
    let steady = 0;
    const setBackMs = createClockWatch({ now: () => wall, monotonic: () => steady });
    const pass = (ms: number, jumpMs: number) => {
      steady += ms;
      wall += ms + jumpMs;
      return setBackMs();
    };
    expect([
      pass(1000, 0),
      pass(1000, -1999),
      pass(1000, 3_600_000),
      pass(1000, -3_600_000),
      pass(1000, 0),
    ]).toEqual([0, 0, 0, 3_600_000, 0]);
  });
});

describe('surprises', () => {
  it('are told once a minute each, without what is secret, and are followed by a rest', () => {
    let now = 0;
    const told: string[] = [];
    let rests = 0;
    const surprises = createSurprises(
      { monotonic: () => now },
      (text) => told.push(text),
      () => {
        rests += 1;
      },
    );
    expect(surprises.isResting).toBe(false);
    for (now = 0; now < 120_000; now += 1000)
      surprises.meet(new Error('PUT https://s.example/o?signature=abc broke'));
    expect(told).toHaveLength(2);
    expect(told.join()).not.toContain('abc');
    expect(rests).toBe(120);
    surprises.meet('something else');
    expect(told).toHaveLength(3);
    expect(surprises.isResting).toBe(true);
    now += 1000;
    expect(surprises.isResting).toBe(false);
    expect([surprises.takeDamage(), surprises.takeDamage()]).toEqual([true, false]);
  });
});

describe('the marks of progress', () => {
  it('the first try sets the mark, only a farther one beats it, and what has ended is forgotten', () => {
    const marks = new ProgressMarks();
    const job = jobIn({ name: 'uploading', reservation });
    // What the buffers hold differs by some MiB from try to try: only much farther is farther.
    const tries = [10, 10, 5, 19, 20].map((mebibytes) => mebibytes * 1024 * 1024);
    expect(tries.map((bytes) => marks.hasProgressed(job, bytes))).toEqual([false, false, false, true, false]);
    marks.moved([job]);
    expect(marks.size).toBe(1);
    marks.moved([{ ...job, state: { name: 'completed', asset } }]);
    expect(marks.size).toBe(0);
  });
});
