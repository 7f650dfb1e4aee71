/** Settings, destinations, watch folders and sealed secrets of one data directory. */
export { type OpenSettingsOptions, openSettings } from './open-settings.ts';
export type { RemovedDestination } from './removed-destinations.ts';
export type { SettingsChange, SettingsStore } from './settings-store.ts';
