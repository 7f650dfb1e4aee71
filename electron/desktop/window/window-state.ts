/** Where the window was last, and where it may be now. */
import type { Rectangle } from 'electron';
import { z } from 'zod';

export interface WindowState {
  /** Null: in the middle of the main display. */
  readonly bounds: Rectangle | null;
  readonly isMaximized: boolean;
}

/** As much of electron-store as is used: assigning `store` writes the file. */
export interface StateStore {
  store: Record<string, unknown>;
}

export const defaultSize = { width: 1200, height: 780 } as const;
export const smallestSize = { width: 420, height: 400 } as const;

const whole = z.number().int().min(-100_000).max(100_000);
const stateSchema = z.object({
  bounds: z
    .object({ x: whole, y: whole, width: whole.positive(), height: whole.positive() })
    .nullable()
    .catch(null),
  isMaximized: z.boolean().catch(false),
});

const fresh: WindowState = { bounds: null, isMaximized: false };

/** A file that says nothing sensible is no reason not to open. */
export function readState(stored: unknown): WindowState {
  const parsed = stateSchema.safeParse(stored);
  return parsed.success ? parsed.data : fresh;
}

/** As much of a window's head must be on some display that a person can take hold of it. */
const grip = { width: 120, height: 30 } as const;

/** Bounds to open with: those that are kept where a display still shows them, else the middle of the main one. */
export function fitBounds(
  { bounds }: WindowState,
  workAreas: readonly Rectangle[],
): Rectangle | { readonly width: number; readonly height: number } {
  const largest = workAreas.find((area) => bounds !== null && showsHead(bounds, area)) ?? workAreas[0];
  const width = Math.min(bounds?.width ?? defaultSize.width, largest?.width ?? Number.POSITIVE_INFINITY);
  const height = Math.min(bounds?.height ?? defaultSize.height, largest?.height ?? Number.POSITIVE_INFINITY);
  const size = {
    width: Math.max(width, smallestSize.width),
    height: Math.max(height, smallestSize.height),
  };
  const isShown = bounds !== null && workAreas.some((area) => showsHead(bounds, area));
  return isShown ? { x: bounds.x, y: bounds.y, ...size } : size;
}

function showsHead(bounds: Rectangle, area: Rectangle): boolean {
  const width = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x);
  const isHeadInside = bounds.y >= area.y && bounds.y + grip.height <= area.y + area.height;
  return isHeadInside && width >= grip.width;
}

/** A second window must not lie exactly on the first. */
export const besides = (bounds: Rectangle): Rectangle => ({ ...bounds, x: bounds.x + 28, y: bounds.y + 28 });
