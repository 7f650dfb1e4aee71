/** The steps that every file goes through, as people read them wherever they stand. */
export const stepWords = { reserve: 'Reserve', upload: 'Send', complete: 'Confirm' } as const;
