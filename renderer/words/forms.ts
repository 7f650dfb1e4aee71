/** Why a form cannot be sent yet. */
export const formWords = {
  stillNeeded: (fields: readonly string[]) => `Still needed: ${fields.join(', ')}`,
  wrong: (field: string, problem: string) => `${field}: ${problem}`,
} as const;
