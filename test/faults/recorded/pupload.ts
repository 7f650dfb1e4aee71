/** Pupload: Go's structures as they are, in three spellings; errors are lines of text. */
import { z } from 'zod';
import { address, json, type RecordedAnswer, text, time } from './answer.ts';

const log = z.strictObject({
  time,
  level: text,
  msg: z.string(),
  fields: z.record(z.string(), z.string()).nullable(),
});
const stepStatus = z.enum(['IDLE', 'READY', 'RUNNING', 'RETRYING', 'COMPLETE', 'ERROR']);
const artifact = z.strictObject({ StoreName: text, ObjectName: text, EdgeName: text });
const stepOfA = z.strictObject({ Status: stepStatus, Logs: z.array(log).nullable() });
const step = z.strictObject({
  Status: stepStatus,
  Logs: z.array(log).nullable(),
  Error: z.string(),
  Attempt: z.int(),
  MaxAttempts: z.int(),
});
const flowRun = {
  ID: text,
  Status: z.enum(['STOPPED', 'WAITING', 'RUNNING', 'COMPLETE', 'ERROR']),
  Artifacts: z.record(z.string(), artifact),
  WaitingURLs: z.array(z.strictObject({ Artifact: artifact, PutURL: address, TTL: time })).nullable(),
};

const refused = (status: number, words: RegExp): RecordedAnswer => ({
  status,
  type: 'text',
  body: z.string().regex(words),
});

export const pupload = {
  runOfA: json(200, z.strictObject({ ...flowRun, NodeState: z.record(z.string(), stepOfA) })),
  runOfB: json(200, z.strictObject({ ...flowRun, NodeState: z.record(z.string(), step), StartedAt: time })),
  runOfC: json(200, z.strictObject({ ...flowRun, StepState: z.record(z.string(), step), StartedAt: time })),
  project: json(
    200,
    z.strictObject({
      ID: z.uuid(),
      Flows: z.array(z.looseObject({ Name: text })),
      Tasks: z.array(z.looseObject({ Publisher: text, Name: text })).nullable(),
      GlobalStores: z.array(z.looseObject({ Name: text })).nullable(),
    }),
  ),
  /** The line, and behind it the structure of a run that is none. */
  unknownRun: refused(400, /^Flow run does not exist\.\n\{.*\}\n?$/s),
  invalidInput: refused(400, /^Invalid input\n?$/),
  invalidProject: refused(400, /^invalid project id\n?$/),
  noSuchFlow: refused(400, /^Flow \S+ does not exist in project [0-9a-f-]{36}\n?$/),
  invalidFlow: refused(500, /^unable to run flow: invalid flow\n?$/),
} satisfies Readonly<Record<string, RecordedAnswer>>;
