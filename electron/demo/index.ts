/**
 * The built-in demo service: a real HTTP server on loopback that speaks the four upload dialects, errors included, with
 * the object store behind them. For people without an account, for tests, and for readers who want to see the dialects.
 */
export type { DemoAddress } from './address.ts';
export {
  type DemoFaults,
  type FaultDescription,
  type FaultName,
  faultDescriptions,
  faultNames,
  parseFaults,
  type Stage,
  stages,
} from './faults.ts';
export { connectDemo, type DemoControl, findDemo } from './find.ts';
export { startDemoInWorker, type WorkerDemo, type WorkerDemoOptions } from './in-worker.ts';
export { type OpenedDemo, openDemo, openDemoWith } from './open.ts';
export type { CyberunOptions, DemoOptions, FloraOptions, PuploadOptions, RunflowOptions } from './options.ts';
export { DemoAlreadyRunning, type DemoService, startDemo } from './service.ts';
export type { DemoStats, DialectCounts, SeenRequest, UploadStat } from './stats.ts';
