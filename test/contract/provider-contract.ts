/**
 * What every provider must do, whatever its service: one suite over the port. The service is real (a server on
 * loopback); `harness` says how to reach it and how to make it misbehave.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Completion, JudgedTry, OutgoingFile, Provider, ProviderCall } from '#ports/provider.ts';
import { type Reservation, reservationSchema } from '#ports/reservation.ts';
import type { Rejection } from '#ports/transfer.ts';
import { type Asset, assetSchema } from '#shared/asset.ts';
import type { ProviderKind } from '#shared/destination.ts';
import { uploadErrorOf } from '../support/provider-call.ts';
import { type Sent, sendBytes } from '../support/send-bytes.ts';

export type ServiceFault =
  /** The next reservation is made, but its answer is lost. */
  | 'lost-reserve'
  /** The next completion is heard, but its answer is lost. */
  | 'lost-complete'
  /** The next reservation is answered with 429 and a delay of 7 s. */
  | 'throttled'
  | 'server-error'
  | 'captive-portal'
  | 'malformed-json';

/** One running service, as the contract needs it. */
export interface ContractService {
  /** A new call; `credential` replaces the right one. */
  call(options?: { readonly signal?: AbortSignal; readonly credential?: string }): TestedCall;
  setFault(fault: ServiceFault | null): void;
  /** Moves the clock of the service and of the calls. */
  advance(ms: number): void;
  now(): number;
  /** What the service has stored whole for this id and edge: its size, or null. */
  storedBytes(reservation: Reservation): number | null;
  /** Finished assets: a job must make one, whatever breaks. */
  assetCount(): number;
  close(): Promise<void>;
}

export interface TestedCall {
  readonly call: ProviderCall;
  readonly notes: readonly string[];
}

export interface ContractHarness {
  readonly kind: ProviderKind;
  /** Which reading of its documents the service plays. */
  readonly name: string;
  readonly start: () => Promise<ContractService>;
  readonly provider: () => Provider;
  readonly hasKey: boolean;
}

/** Begins like a PNG: a controller may look. */
const bytes = Buffer.concat([
  Buffer.from('89504e470d0a1a0a', 'hex'),
  Buffer.from('not a real picture, but bytes all the same'.repeat(50)),
]);
let files = 0;

function newFile(): OutgoingFile {
  files += 1;
  return {
    name: `picture ${files}.png`,
    path: `/pictures/picture ${files}.png`,
    sizeBytes: bytes.length,
    mimeType: 'image/png',
    edge: null,
  };
}

export function describeProvider(harness: ContractHarness): void {
  describe(`the contract of ${harness.kind}, ${harness.name}`, () => {
    let service: ContractService;
    let provider: Provider;
    beforeAll(async () => {
      service = await harness.start();
      provider = harness.provider();
    });
    afterAll(() => service.close());
    afterEach(() => service.setFault(null));

    const reserve = async (file: OutgoingFile, tested = service.call(), key: string = randomUUID()) => {
      const reservations = await provider.reserve([file], key, tested.call);
      expect(reservations).toHaveLength(1);
      const [reservation] = reservations;
      if (reservation === undefined) throw new Error('No reservation came.');
      return reservation;
    };
    const renew = async (old: Reservation, file: OutgoingFile, tested = service.call()) => {
      const [reservation] = await provider.renew([old], [file], randomUUID(), tested.call);
      if (reservation === undefined) throw new Error('No reservation came.');
      return reservation;
    };
    const send = (reservation: Reservation, file: OutgoingFile): Promise<Sent> =>
      sendBytes(reservation.target, bytes, {
        fileName: file.name,
        mimeType: file.mimeType,
        now: service.now,
      });
    const sendWhole = async (reservation: Reservation, file: OutgoingFile) => {
      expect(await send(reservation, file)).toMatchObject({ kind: 'stored' });
    };
    const sendRefused = async (reservation: Reservation, file: OutgoingFile): Promise<Rejection> => {
      const sent = await send(reservation, file);
      if (sent.kind !== 'rejected') throw new Error(`It was ${sent.kind}.`);
      return sent.rejection;
    };
    const tried = (reservation: Reservation, more: Partial<JudgedTry> = {}): JudgedTry => ({
      reservation,
      wasDoubted: false,
      signatureRefusedBefore: false,
      sizeBytes: bytes.length,
      now: service.now(),
      ...more,
    });
    /** Polls as the queue does until the asset is there. */
    const finish = async (
      first: Completion,
      reservation: Reservation,
      file: OutgoingFile,
      tested = service.call(),
    ): Promise<Asset> => {
      let completion = first;
      let known = reservation;
      for (let pollCount = 1; !completion.done; pollCount += 1) {
        known = reservationSchema.parse(JSON.parse(JSON.stringify(completion.reservation ?? known)));
        await sleep(completion.pollAfterMs);
        completion = await provider.poll(known, file, pollCount, tested.call);
      }
      return completion.asset;
    };
    const complete = async (reservation: Reservation, file: OutgoingFile, isRepeat = false) => {
      const tested = service.call();
      const first = await provider.complete(reservation, file, isRepeat, tested.call);
      return finish(first, reservation, file, tested);
    };

    it('proves the destination', async () => {
      const verification = await provider.verify(service.call().call);
      expect(verification.proof).not.toBe('');
    });

    it.runIf(harness.hasKey)('says that the key is refused, and keeps the key to itself', async () => {
      const { call } = service.call({ credential: 'sk-wrong-key-12345' });
      for (const attempt of [provider.verify(call), provider.reserve([newFile()], randomUUID(), call)]) {
        const error = await uploadErrorOf(attempt);
        expect(error.code).toBe('key-refused');
        expect(JSON.stringify(error.failure)).not.toContain('wrong-key');
      }
    });

    it('brings a file all the way to an asset with a link', async () => {
      const file = newFile();
      const tested = service.call();
      const before = service.assetCount();
      const limits = await provider.limits(tested.call);
      expect(provider.check(file, tested.call.destination, limits)).toBeNull();
      const reservation = await reserve(file, tested);
      await sendWhole(reservation, file);
      const asset = await complete(reservation, file);
      expect(service.storedBytes(reservation)).toBe(bytes.length);
      expect(service.assetCount()).toBe(before + 1);
      expect(assetSchema.parse(JSON.parse(JSON.stringify(asset)))).toEqual(asset);
      expect(asset.link).not.toBe('');
      expect(asset.link).not.toMatch(/signature/i);
      if (provider.confirmsLastingAsset) expect(asset.confirmedBytes).toBe(bytes.length);
      const link = await provider.link(asset, tested.call);
      expect(link.kind).toBe(provider.linkKind);
    });

    it('gives reservations that survive being stored, know when they were made, and end later', async () => {
      const reservation = await reserve(newFile());
      expect(reservationSchema.parse(JSON.parse(JSON.stringify(reservation)))).toEqual(reservation);
      expect(Math.abs(reservation.issuedAt - service.now())).toBeLessThan(10_000);
      expect(reservation.expiresAt).toBeGreaterThan(service.now());
    });

    it('completes a second time without a second asset', async () => {
      const file = newFile();
      const reservation = await reserve(file);
      await sendWhole(reservation, file);
      const asset = await complete(reservation, file);
      const made = service.assetCount();
      const again = await complete(reservation, file, true);
      expect([again.id, again.link]).toEqual([asset.id, asset.link]);
      expect(service.assetCount()).toBe(made);
    });

    it('goes on after the answer of a reservation was lost, with the same key', async () => {
      const file = newFile();
      const key = randomUUID();
      service.setFault('lost-reserve');
      await uploadErrorOf(provider.reserve([file], key, service.call().call));
      service.setFault(null);
      const made = service.assetCount();
      const reservation = await reserve(file, service.call(), key);
      await sendWhole(reservation, file);
      await complete(reservation, file);
      expect(service.assetCount()).toBe(made + 1);
    });

    it('makes one asset although the answer of the completion was lost', async () => {
      const file = newFile();
      const made = service.assetCount();
      const reservation = await reserve(file);
      await sendWhole(reservation, file);
      service.setFault('lost-complete');
      // Where nothing is told to the service, nothing can be lost.
      const first = await provider.complete(reservation, file, false, service.call().call).catch(() => null);
      service.setFault(null);
      if (first === null) await complete(reservation, file, true);
      else await finish(first, reservation, file);
      expect(service.assetCount()).toBe(made + 1);
    });

    it('finds out that the bytes are missing, and a target that can be used', async () => {
      const file = newFile();
      const reservation = await reserve(file);
      const inspection = await provider.inspect(reservation, file, service.call().call);
      if (inspection.found !== 'missing') throw new Error(`It was ${inspection.found}.`);
      const next =
        inspection.reservation === undefined
          ? reservation
          : (inspection.reservation ?? (await renew(reservation, file)));
      await sendWhole(next, file);
      await complete(next, file);
    });

    it('finds out that the bytes arrived although the answer was lost, and stores them once', async () => {
      const file = newFile();
      const made = service.assetCount();
      const reservation = await reserve(file);
      await sendWhole(reservation, file);
      const inspection = await provider.inspect(reservation, file, service.call().call);
      if (inspection.found === 'arrived') await complete(reservation, file);
      if (inspection.found === 'missing') {
        // The service cannot be asked: sending again must be safe, and say that it was there.
        expect(inspection.reservation).toBeUndefined();
        const refused = await sendRefused(reservation, file);
        expect(provider.judge(refused, tried(reservation, { wasDoubted: true }))).toEqual({
          kind: 'arrived',
        });
        await complete(reservation, file);
      }
      expect(service.assetCount()).toBe(made + 1);
    });

    it('inspects twice without a second asset', async () => {
      const file = newFile();
      const made = service.assetCount();
      const reservation = await reserve(file);
      await sendWhole(reservation, file);
      await provider.inspect(reservation, file, service.call().call);
      await provider.inspect(reservation, file, service.call().call);
      await complete(reservation, file, true);
      expect(service.assetCount()).toBe(made + 1);
    });

    it('reads an expired target from what the store says, and renews it', async () => {
      const file = newFile();
      const reservation = await reserve(file);
      const { expiresAt } = reservation;
      if (expiresAt === undefined) throw new Error('No end is known.');
      service.advance(expiresAt - service.now() + 5000);
      const refused = await sendRefused(reservation, file);
      expect(provider.judge(refused, tried(reservation)).kind).toBe('expired');
      // Its own clock does not matter where the store says it.
      expect(provider.judge(refused, tried(reservation, { now: reservation.issuedAt })).kind).toBe('expired');
      const renewed = await renew(reservation, file);
      expect(renewed.expiresAt).toBeGreaterThan(service.now());
      await sendWhole(renewed, file);
      const asset = await complete(renewed, file);
      expect(asset.link).not.toBe('');
    });

    it('tries one fresh target after a refused signature, and no more', async () => {
      const file = newFile();
      const reservation = await reserve(file);
      const refused = await sendRefused({ ...reservation, target: withBrokenSignature(reservation) }, file);
      expect(provider.judge(refused, tried(reservation))).toMatchObject({
        kind: 'spent',
        failure: { code: 'signature-refused' },
      });
      expect(provider.judge(refused, tried(reservation, { signatureRefusedBefore: true }))).toMatchObject({
        kind: 'failed',
        failure: { code: 'signature-refused' },
      });
    });

    it.each<[ServiceFault, string]>([
      ['throttled', 'rate-limited'],
      ['server-error', 'server-error'],
      ['captive-portal', 'bad-answer'],
      ['malformed-json', 'bad-answer'],
    ])('reads %s as %s, without a secret in its words', async (fault, code) => {
      service.setFault(fault);
      const { call, notes } = service.call();
      const error = await uploadErrorOf(provider.reserve([newFile()], randomUUID(), call));
      expect(error.code).toBe(code);
      if (fault === 'throttled') expect(error.retryAfterMs).toBe(7000);
      const said = JSON.stringify([error.message, error.failure, notes]);
      expect(said).not.toMatch(/signature|x-amz|token=|Bearer/i);
      expect(error.failure.facts.host).not.toBeUndefined();
    });

    it('stops with the reason of its signal', async () => {
      const reason = new Error('the job was paused');
      const { call } = service.call({ signal: AbortSignal.abort(reason) });
      await expect(provider.reserve([newFile()], randomUUID(), call)).rejects.toBe(reason);
      await expect(provider.verify(call)).rejects.toBe(reason);
    });

    it('never gives the targets of two files to each other', async () => {
      const [first, second] = [newFile(), newFile()];
      const reservations = await Promise.all([reserve(first), reserve(second)]);
      expect(new Set(reservations.map(({ target }) => JSON.stringify(target))).size).toBe(2);
      expect(new Set(reservations.map(({ remoteId }) => remoteId)).size).toBe(2);
    });
  });
}

function withBrokenSignature({ target }: Reservation): Reservation['target'] {
  if (target.method === 'PUT') {
    return { ...target, url: target.url.replace(/(X-Amz-Signature=)[0-9a-f]{4}/, '$10000') };
  }
  return {
    ...target,
    fields: target.fields.map(([name, value]) => [
      name,
      name === 'signature' ? '0'.repeat(value.length) : value,
    ]),
  };
}
