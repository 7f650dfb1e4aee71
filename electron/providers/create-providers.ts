/** Builds one provider per service. Whoever calls them picks by the destination's kind. */
import { readFile } from 'node:fs/promises';
import type { ProviderRegistry } from '#ports/provider.ts';
import { createCyberun } from './cyberun/provider.ts';
import { createFlora } from './flora/provider.ts';
import { createPupload } from './pupload/provider.ts';
import { createRunflow } from './runflow/provider.ts';

export interface ProvidersOptions {
  /** Reads a Pupload flow file as UTF-8 text; rejects with the system's error. Default: from disk. */
  readonly readFlowFile?: (path: string) => Promise<string>;
  /** Multiplies every wait between two polls. Default 1; a service with shortened waits wants less. */
  readonly pollScale?: number;
  /** A service said, or said anew, which types it takes. */
  readonly onTypes?: () => void;
}

/** The caches (Runflow's types, Pupload's projects) live as long as the registry. */
export function createProviders(options: ProvidersOptions = {}): ProviderRegistry {
  const pollScale = options.pollScale ?? 1;
  const readFlowFile = options.readFlowFile ?? ((path: string) => readFile(path, 'utf8'));
  return {
    runflow: createRunflow(options.onTypes),
    flora: createFlora({ pollScale }),
    cyberun: createCyberun(),
    pupload: createPupload({ pollScale, readFlowFile }),
  };
}
