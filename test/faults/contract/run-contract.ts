/** The contract tier: the demo service held against the recorded shapes of the real answers. */
import { nothingFound, type TierResult } from '../result.ts';
import { runTests } from '../run-tests.ts';

const file = 'test/faults/contract/recorded.test.ts';

export async function runContract(): Promise<TierResult> {
  const startedAt = performance.now();
  const ran = await runTests([{ file, test: '' }]);
  const failed = ran.filter(({ status }) => status === 'failed');
  const errors = ran.filter(({ name }) => name.includes('refuses'));
  return {
    tier: 'contract',
    faultsTried: errors.length,
    played: `${ran.length} recorded answers`,
    found: { ...nothingFound, broken: failed.length },
    problems: failed.map(({ name, message }) => `${name}: ${message.split('\n')[0]}`),
    notRun: [],
    ms: performance.now() - startedAt,
  };
}
