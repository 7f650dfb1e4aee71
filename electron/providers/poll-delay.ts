/** How long to wait between two looks at something that a service is still working on. */

/** FLORA's own SDK asks every second for two minutes. */
const quickPolls = 120;
const quickMs = 1000;
const slowestMs = 30_000;

/** Before poll number `pollCount + 1`: 1 s for the first two minutes, then half as much again each time, up to 30 s. */
export function steadyThenSlowerMs(pollCount: number): number {
  const beyond = Math.max(0, pollCount - quickPolls);
  return Math.min(slowestMs, Math.round(quickMs * 1.5 ** Math.min(beyond, 20)));
}
