/** Brings progress and the number of files that need somebody to the taskbar and the dock. */
import { join } from 'node:path';
import type { App, NativeImage } from 'electron';
import type { Status } from '../status/status.ts';
import type { Windows } from '../window/windows.ts';
import { badgeWords } from '../words.ts';
import { type Course, followCourse, type Progress } from './progress.ts';

export interface ProgressParts {
  readonly app: Pick<App, 'setBadgeCount'>;
  readonly nativeImage: { createFromPath(path: string): NativeImage };
  readonly platform: NodeJS.Platform;
  readonly iconDirectory: string;
  readonly windows: Pick<Windows, 'all' | 'onChange'>;
}

export interface ProgressDisplay {
  show(status: Status): void;
  close(): void;
}

export function showProgress(parts: ProgressParts): ProgressDisplay {
  const { app, windows, platform } = parts;
  let course: Course | null = null;
  let progress: Progress = { fraction: -1, mode: 'none' };
  let badge = 0;
  let overlay: NativeImage | null = null;

  /** Every window has a place of its own in the taskbar. */
  function apply(): void {
    for (const window of windows.all()) {
      if (window.isDestroyed()) continue;
      window.setProgressBar(progress.fraction, { mode: progress.mode });
      if (platform !== 'win32') continue;
      if (badge > 0) {
        overlay ??= parts.nativeImage.createFromPath(join(parts.iconDirectory, 'tray-attention.png'));
        window.setOverlayIcon(overlay, badgeWords.needYou(badge));
      } else window.setOverlayIcon(null, '');
    }
  }
  const undo = windows.onChange(apply);

  return {
    show(status) {
      const before = JSON.stringify([progress, badge]);
      const followed = followCourse(course, status);
      course = followed.course;
      progress = followed.progress;
      const needsYou = status.counts.byTab.needsYou;
      if (needsYou !== badge && platform !== 'win32') app.setBadgeCount(needsYou);
      badge = needsYou;
      if (JSON.stringify([progress, badge]) !== before) apply();
    },
    close() {
      undo();
      progress = { fraction: -1, mode: 'none' };
      if (badge > 0 && platform !== 'win32') app.setBadgeCount(0);
      badge = 0;
      apply();
    },
  };
}
