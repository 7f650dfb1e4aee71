/**
 * The app's name among all others: macOS's bundle identifier, and Windows' AppUserModelID, by which Windows finds the
 * shortcut that a notification belongs to. The installer and the running app must say the same.
 */
export const appId = 'io.github.hoist.Hoist';
