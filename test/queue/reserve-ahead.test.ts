import { describe, expect, it } from 'vitest';
import { mayBegin } from '../../electron/queue/bandwidth.ts';
import { roomAhead } from '../../electron/queue/reserve-ahead.ts';
import { jobIn, reservation } from './job-fixture.ts';

const MiB = 1024 * 1024;

describe('reservations ahead', () => {
  it.each([
    { name: 'nothing is sent', sending: [], ttlMs: 60_000, room: 0 },
    { name: 'no end is known', sending: [[900 * MiB, 1]], ttlMs: null, room: 1 },
    { name: 'a lane is free in 14 of 60 s', sending: [[14 * MiB, MiB]], ttlMs: 60_000, room: 1 },
    { name: 'a lane is free in 15 of 60 s', sending: [[15 * MiB, MiB]], ttlMs: 60_000, room: 0 },
    {
      name: 'two of three end soon',
      sending: [
        [MiB, MiB],
        [99 * MiB, MiB],
        [2 * MiB, MiB],
      ],
      ttlMs: 60_000,
      room: 2,
    },
    { name: 'a small file has just begun', sending: [[MiB - 1, null]], ttlMs: 2000, room: 1 },
    { name: 'a large file has just begun', sending: [[MiB, null]], ttlMs: 2000, room: 0 },
    { name: 'a small file is slow', sending: [[100_000, 10_000]], ttlMs: 2000, room: 0 },
    { name: 'the rest of it is not', sending: [[100_000, 10_000, 96_000]], ttlMs: 2000, room: 1 },
    { name: 'bytes stand still', sending: [[100, 0]], ttlMs: 60_000, room: 0 },
    { name: 'targets are dead on arrival', sending: [[0, MiB]], ttlMs: -5, room: 0 },
  ])('$name: $room', ({ sending, ttlMs, room }) => {
    const files = sending.map(([sizeBytes, bytesPerSecond, bytesSent]) => ({
      sizeBytes: sizeBytes ?? 0,
      bytesPerSecond: bytesPerSecond ?? null,
      bytesSent: bytesSent ?? 0,
    }));
    expect(roomAhead(files, { ttlMs, reserveMs: 50 })).toBe(room);
  });
});

describe('reservations for lanes that come free while the service thinks', () => {
  const small = { sizeBytes: 65_536, bytesSent: 0, bytesPerSecond: null };
  it.each([
    { name: 'a file takes as long as a reservation', usualMs: 50, reserveMs: 50, room: 8 },
    { name: 'a file takes no time', usualMs: 0, reserveMs: 50, room: 8 },
    { name: 'a file takes twice as long', usualMs: 100, reserveMs: 50, room: 6 },
    { name: 'a file takes ten times as long', usualMs: 500, reserveMs: 50, room: 4 },
    { name: 'it is not known how long a file takes', usualMs: null, reserveMs: 50, room: 4 },
    { name: 'it is not known how long a reservation takes', usualMs: 50, reserveMs: null, room: 4 },
  ])('$name: $room for 4 lanes', ({ usualMs, reserveMs, room }) => {
    const sending = Array.from({ length: 4 }, () => ({ ...small, usualMs }));
    expect(roomAhead(sending, { ttlMs: 60_000, reserveMs })).toBe(room);
  });
});

describe('bandwidth', () => {
  const job = (id: number, renewalsInRow = 0, rank = 0) =>
    jobIn({ name: 'uploading', reservation }, { id, renewalsInRow, rank });
  const [plain, other, alone, later, top] = [job(1), job(2), job(3, 3), job(4, 4), job(5, 3, -1)];

  it.each([
    { name: 'nobody minds', who: plain, sending: [other], wanting: [], may: true },
    { name: 'one goes alone', who: plain, sending: [alone], wanting: [], may: false },
    { name: 'one wants to go alone', who: plain, sending: [], wanting: [alone], may: false },
    { name: 'it must wait for others', who: alone, sending: [plain], wanting: [alone], may: false },
    { name: 'it is alone', who: alone, sending: [], wanting: [alone, later], may: true },
    { name: 'an older one goes first', who: later, sending: [], wanting: [alone, later], may: false },
    { name: 'the one on top goes first', who: top, sending: [], wanting: [alone, later, top], may: true },
    { name: 'another is alone', who: later, sending: [alone], wanting: [later], may: false },
  ])('$name: $may', ({ who, sending, wanting, may }) => {
    expect(mayBegin(who, sending, wanting)).toBe(may);
  });
});
