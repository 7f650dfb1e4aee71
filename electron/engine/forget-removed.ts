import type { Journal } from '#ports/journal.ts';
import { UploadError } from '#ports/upload-error.ts';
import type { SettingsStore } from '#settings';

/** The names of removed destinations stay as long as a job bears them, and not longer. */
export async function forgetRemovedWithoutJobs(settings: SettingsStore, journal: Journal): Promise<void> {
  for (const { id } of settings.removedDestinations()) {
    if ((await journal.counts({ destinationId: id })).all > 0) continue;
    try {
      settings.forgetRemoved(id);
    } catch (error) {
      // No room to write: a name too many harms nobody, and the next start tries again.
      if (!(error instanceof UploadError)) throw error;
      return;
    }
  }
}
