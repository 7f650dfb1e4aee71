/** Titles of commands, in the palette and in the key overview. */
export const commandWords = {
  goUploads: 'Uploads',
  goLinks: 'Links',
  goFolders: 'Watch folders',
  goDestinations: 'Destinations',
  goSettings: 'Settings',
  addFolder: 'Watch a folder…',
  addDestination: 'Add a destination…',
  pauseAll: 'Pause everything',
  resumeAll: 'Resume everything',
  retryAllFailed: 'Try all failed files again',
  palette: 'Find a command…',
  keys: 'Show all keys',
} as const;
