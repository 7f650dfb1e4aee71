/** What must be so before installers are given to anybody. */

export interface ReleaseState {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Of package.json. */
  readonly version: string;
  /** Of the commit that is checked out. */
  readonly tags: readonly string[];
  /** What git calls changed or not its own; empty where all is committed. */
  readonly uncommitted: readonly string[];
}

/** One sentence each, with what to do; empty where nothing is in the way. */
export function releaseProblems({
  platform,
  env,
  version,
  tags,
  uncommitted,
}: ReleaseState): readonly string[] {
  const has = (name: string) => (env[name] ?? '') !== '';
  const problems: string[] = [];
  const needs = (isThere: boolean, problem: string) => {
    if (!isThere) problems.push(problem);
  };
  needs(uncommitted.length === 0, `Commit or remove first: ${uncommitted.slice(0, 5).join(', ')}`);
  needs(tags.includes(`v${version}`), `The commit is not tagged v${version}: git tag v${version}`);
  problems.push(...feedProblems(env.HOIST_UPDATE_FEED ?? ''));
  if (platform === 'linux') {
    needs(has('HOIST_MAINTAINER'), 'Set HOIST_MAINTAINER to "Name <address>": the Debian package names it.');
  }
  if (platform === 'darwin') {
    needs(
      has('CSC_LINK') || has('CSC_NAME'),
      'Set CSC_LINK and CSC_KEY_PASSWORD, or CSC_NAME: without a Developer ID signature macOS opens nothing and asks for the keychain at each update.',
    );
    const canNotarise =
      (has('APPLE_API_KEY') && has('APPLE_API_KEY_ID') && has('APPLE_API_ISSUER')) ||
      (has('APPLE_ID') && has('APPLE_APP_SPECIFIC_PASSWORD') && has('APPLE_TEAM_ID')) ||
      has('APPLE_KEYCHAIN_PROFILE');
    needs(
      canNotarise,
      'Set APPLE_API_KEY, APPLE_API_KEY_ID and APPLE_API_ISSUER: Apple notarises with them.',
    );
  }
  if (platform === 'win32') {
    needs(
      has('WIN_CSC_LINK') || has('CSC_LINK'),
      'Set WIN_CSC_LINK and WIN_CSC_KEY_PASSWORD: Windows warns of what nobody signed.',
    );
    needs(
      has('HOIST_WIN_PUBLISHER'),
      'Set HOIST_WIN_PUBLISHER to the name in the certificate: the updater takes no installer of anybody else.',
    );
  }
  return problems;
}

function feedProblems(feed: string): readonly string[] {
  if (feed === '')
    return ['Set HOIST_UPDATE_FEED: whoever installs this version would never be told of the next.'];
  return feedAddress(feed) === null ? [`HOIST_UPDATE_FEED is no https address: ${feed}`] : [];
}

/** Https only: what comes from there is run. Null for everything else. */
export function feedAddress(feed: string): string | null {
  const url = URL.parse(feed);
  if (url === null || url.protocol !== 'https:') return null;
  return url.username === '' && url.password === '' ? url.href : null;
}
