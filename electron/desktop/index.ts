/** The desktop app's rooms. What of Electron they need is handed in, so that all of them run under plain Node, too. */

export { type Citizen, startCitizen } from './citizen.ts';
export { openDesktopHost } from './desktop-host.ts';
export { wasStartedAtLogin } from './launch/login-item.ts';
export { waitForEngine } from './launch/wait-for-engine.ts';
export { closeInTime, watchCrashes } from './log/crashes.ts';
export { type Log, openLog } from './log/log-file.ts';
export { findUpdateFeed } from './updates/update-feed.ts';
export { origin, pageAddress, scheme } from './window/addresses.ts';
export { type AppProtocolParts, answerAppRequest } from './window/app-protocol.ts';
export { type BootFailure, describeBootFailure } from './window/boot-failure.ts';
export { claimInstance } from './window/first-instance.ts';
export { type LaunchArguments, readArguments } from './window/launch-arguments.ts';
export { lockDown } from './window/lock-down.ts';
export { openConfigStore, openStateStore } from './window/open-store.ts';
export { setPaths, windowDirectory } from './window/paths.ts';
export { openWindowRoom, type WindowRoom } from './window/window-room.ts';
export type { Windows } from './window/windows.ts';
