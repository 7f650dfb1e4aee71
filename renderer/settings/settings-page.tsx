/** All settings of this data directory. */
export function SettingsPage() {
  return null;
}
