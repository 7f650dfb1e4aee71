/** Words that every screen uses. */
export const common = {
  close: 'Close',
  cancel: 'Cancel',
  save: 'Save',
  undo: 'Undo',
  remove: 'Remove',
  edit: 'Edit',
  copy: 'Copy',
  more: 'More',
  tryAgain: 'Try again',
  /** What toasts are called as a whole. */
  news: 'What just happened',
  loading: 'Loading…',
  search: 'Search',
  clearSearch: 'Clear the search',
  somethingFailed: 'That did not work.',
} as const;
