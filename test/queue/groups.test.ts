import { describe, expect, it } from 'vitest';
import type { StoredJob, StoredState } from '#ports/stored-job.ts';
import { failure } from '#shared/failure.ts';
import { gatherGroup, lostWith } from '../../electron/queue/groups.ts';
import { asset, jobIn, reservation } from './job-fixture.ts';

const member = (id: number, state: StoredState): StoredJob =>
  jobIn(state, { id, groupId: 'g', edge: `e${id}` });
const asking = member(1, { name: 'queued', step: 'reserve', reservation: null });
const gather = (...states: readonly StoredState[]) =>
  gatherGroup(1, [asking, ...states.map((state, index) => member(index + 2, state))]);

describe('gathering a flow run', () => {
  it('is ready when all want a reservation', () => {
    const found = gather(
      { name: 'queued', step: 'reserve', reservation: null },
      { name: 'queued', step: 'reserve', reservation },
    );
    expect(found.kind === 'ready' && found.members.map(({ id }) => id)).toEqual([1, 2, 3]);
  });

  it.each<StoredState>([
    { name: 'reserving', reservation: null },
    { name: 'waiting', step: 'reserve', reservation, until: 9, failure: null },
    { name: 'paused', step: 'reserve', reservation: null },
    { name: 'blocked', step: 'reserve', reservation: null, failure: failure('key-refused') },
  ])('waits for one that is $name', (state) => {
    expect(gather(state)).toEqual({ kind: 'wait' });
  });

  it.each<StoredState>([
    { name: 'queued', step: 'upload', reservation },
    { name: 'uploading', reservation },
    { name: 'completing', reservation },
    { name: 'processing', reservation, pollAt: 1, pollCount: 1 },
    { name: 'paused', step: 'upload', reservation },
    { name: 'waiting', step: 'inspect', reservation, until: 1, failure: null },
  ])('recalls one that is $name with the run that was lost', (state) => {
    expect(gather(state)).toMatchObject({ kind: 'recall', members: [{ id: 2 }] });
  });

  it.each<StoredState>([
    { name: 'canceled', step: 'reserve', reservation: null },
    { name: 'failed', step: 'reserve', reservation: null, failure: failure('timeout') },
    { name: 'completed', asset },
    { name: 'blocked', step: 'reserve', reservation: null, failure: failure('file-missing') },
  ])('is refused where one has ended: $name', (state) => {
    expect(gather({ name: 'queued', step: 'reserve', reservation: null }, state)).toMatchObject({
      kind: 'refused',
      event: { type: 'refused', failure: { code: 'edge-unfilled', facts: { edge: 'e3' } } },
    });
  });

  it('starts nothing for one that has moved since it was read', () => {
    const canceled = member(1, { name: 'canceled', step: 'reserve', reservation: null });
    const other = member(2, { name: 'queued', step: 'reserve', reservation: null });
    expect(gatherGroup(1, [canceled, other])).toEqual({ kind: 'stale' });
    expect(gatherGroup(1, [other])).toEqual({ kind: 'stale' });
  });

  it('frees one that was refused for what is here again', () => {
    const refused = {
      name: 'blocked',
      step: 'reserve',
      reservation: null,
      failure: failure('edge-unfilled'),
    } as const;
    expect(gather(refused)).toMatchObject({ kind: 'free', members: [{ id: 2 }] });
    const canceled = { name: 'canceled', step: 'reserve', reservation: null } as const;
    expect(gather(refused, canceled).kind).toBe('refused');
  });

  it('only unfinished members of the very run are lost with it', () => {
    const group = [
      member(1, { name: 'uploading', reservation }),
      member(2, { name: 'uploading', reservation: { ...reservation, remoteId: 'other' } }),
      member(3, { name: 'canceled', step: 'upload', reservation }),
      member(4, { name: 'paused', step: 'upload', reservation }),
    ];
    expect(lostWith('asset_1', group).map(({ id }) => id)).toEqual([1, 4]);
  });
});
