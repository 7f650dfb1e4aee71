import { describe, expect, test } from 'vitest';
import { type Course, followCourse } from '../../../electron/desktop/progress/progress.ts';
import { showProgress } from '../../../electron/desktop/progress/show-progress.ts';
import type { Status } from '../../../electron/desktop/status/status.ts';
import { fakeImages, fakeWindows, statusOf } from '../support.ts';

/** What is shown after each of these. */
function shownOf(...statuses: readonly Status[]) {
  let course: Course | null = null;
  return statuses.map((status) => {
    const followed = followCourse(course, status);
    course = followed.course;
    return `${followed.progress.mode} ${followed.progress.fraction}`;
  });
}

const moving = (bytesRemaining: number, bytesCompleted: number, inFlight = 0) =>
  statusOf(
    { uploading: 1, queued: 1 },
    {
      bytes: { bytesRemaining, bytesCompleted },
      throughput: { bytesRemaining: bytesRemaining - inFlight, filesRemaining: 2 },
    },
  );

describe('progress', () => {
  test('begins with what is to go, counts bytes on their way, and ends at rest', () => {
    expect(
      shownOf(
        statusOf({ completed: 9 }, { bytes: { bytesCompleted: 5000 } }),
        moving(1000, 5000),
        moving(1000, 5000, 250),
        moving(500, 5500),
        moving(500, 5500, 495),
        statusOf({ completed: 11 }, { bytes: { bytesCompleted: 6000 } }),
        moving(100, 6000),
      ),
    ).toEqual(['none -1', 'normal 0', 'normal 0.25', 'normal 0.5', 'normal 0.99', 'none -1', 'normal 0']);
  });

  test('does not jump back when files are canceled, and goes on when files are added', () => {
    expect(shownOf(moving(1000, 0), moving(400, 0), moving(900, 100))).toEqual([
      'normal 0',
      'normal 0.6',
      'normal 0.1',
    ]);
  });

  test('counts files where there are no bytes', () => {
    expect(
      shownOf(
        statusOf({ queued: 4 }),
        statusOf({ queued: 2, completed: 2 }),
        statusOf({ queued: 1, completed: 3 }),
      ),
    ).toEqual(['normal 0', 'normal 0.5', 'normal 0.75']);
  });

  test('does not believe the throughput of the rest before', () => {
    const fresh = statusOf(
      { queued: 3 },
      { bytes: { bytesRemaining: 900 }, throughput: { bytesRemaining: 0 } },
    );
    expect(shownOf(statusOf({ completed: 1 }), fresh)).toEqual(['none -1', 'normal 0']);
  });

  test('says paused, and that it is stuck', () => {
    const bytes = { bytesRemaining: 10 };
    expect(
      shownOf(
        statusOf({ queued: 1 }, { bytes, settings: { isPaused: true } }),
        statusOf({ queued: 1, blocked: 1 }, { bytes }),
        statusOf({ uploading: 1, blocked: 1 }, { bytes }),
        statusOf({ blocked: 1 }),
      ),
    ).toEqual(['paused 0', 'error 0', 'normal 0', 'none -1']);
  });
});

describe('shown', () => {
  function display(platform: NodeJS.Platform) {
    const badges: number[] = [];
    const windows = fakeWindows(2);
    const progress = showProgress({
      app: {
        setBadgeCount: (count) => {
          badges.push(count ?? 0);
          return true;
        },
      },
      nativeImage: fakeImages,
      platform,
      iconDirectory: '/icons',
      windows,
    });
    return { badges, windows, progress, first: windows.open[0], second: windows.open[1] };
  }

  test('in every window, also in one that opens later, and only where it changed', () => {
    const { progress, windows, first, second } = display('darwin');
    progress.show(moving(1000, 0, 300));
    progress.show(moving(1000, 0, 301));
    expect([first?.done, second?.done]).toEqual([['normal 0.3'], ['normal 0.3']]);
    windows.change();
    expect(first?.done).toEqual(['normal 0.3', 'normal 0.3']);
    progress.close();
    expect(second?.done.at(-1)).toBe('none -1');
  });

  test('files that need somebody are the badge, and on Windows an overlay with words', () => {
    const mac = display('darwin');
    mac.progress.show(statusOf({ blocked: 2 }));
    mac.progress.show(statusOf({ blocked: 2, queued: 1 }));
    mac.progress.show(statusOf({}));
    expect(mac.badges).toEqual([2, 0]);
    const win = display('win32');
    win.progress.show(statusOf({ blocked: 2 }));
    win.progress.show(statusOf({}));
    expect(win.badges).toEqual([]);
    expect(win.first?.done.filter((each) => each.startsWith('overlay'))).toEqual([
      'overlay 2 files need you',
      'overlay ',
    ]);
  });

  test('a window that is gone is left alone', () => {
    const { progress, first } = display('linux');
    if (first !== undefined) first.isGone = true;
    progress.show(moving(10, 0));
    expect(first?.done).toEqual([]);
  });
});
