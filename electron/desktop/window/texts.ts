/** What the main process itself says about windows. */

export const brokenPage = {
  message: 'The window of Hoist stopped working twice',
  detail: 'It was closed. The queue goes on, and nothing is lost. Start Hoist again to open another window.',
} as const;
