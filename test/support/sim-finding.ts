/** What a run of faults found to be wrong, by the promise that it breaks. */

export const findingKinds = ['lost', 'doubled', 'torn', 'leaked', 'broken'] as const;

/** `broken`: any other promise or invariant. */
export type FindingKind = (typeof findingKinds)[number];

export interface Finding {
  readonly kind: FindingKind;
  readonly text: string;
}
