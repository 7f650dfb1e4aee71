import type { Display, Point, Rectangle, Screen } from 'electron';
import { StrictEmitter } from './strict.ts';
import { machine } from './surroundings.ts';

/** The panel that a desktop keeps for itself. */
const panelHeight = 30;

const displays = machine.displays.map(
  (bounds, index): Display =>
    ({
      id: index + 1,
      label: `Display ${index + 1}`,
      bounds,
      size: { width: bounds.width, height: bounds.height },
      workArea: { ...bounds, y: bounds.y + panelHeight, height: bounds.height - panelHeight },
      workAreaSize: { width: bounds.width, height: bounds.height - panelHeight },
      scaleFactor: 1,
      rotation: 0,
      internal: false,
      touchSupport: 'unavailable',
    }) as Display,
);

export function primaryDisplay(): Display {
  const [first] = displays;
  if (first === undefined) throw new Error('The machine of this test has no display.');
  return first;
}

/** Pixels that two rectangles share. */
function shared(a: Rectangle, b: Rectangle): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(0, width) * Math.max(0, height);
}

const distance = ({ bounds }: Display, { x, y }: Point): number =>
  Math.hypot(bounds.x + bounds.width / 2 - x, bounds.y + bounds.height / 2 - y);

class StandInScreen
  extends StrictEmitter
  implements
    Pick<
      Screen,
      | 'getAllDisplays'
      | 'getCursorScreenPoint'
      | 'getDisplayMatching'
      | 'getDisplayNearestPoint'
      | 'getPrimaryDisplay'
    >
{
  constructor() {
    super('screen');
  }
  getAllDisplays(): Display[] {
    return [...displays];
  }
  getPrimaryDisplay(): Display {
    return primaryDisplay();
  }
  getCursorScreenPoint(): Point {
    return { x: 0, y: 0 };
  }
  getDisplayMatching(rect: Rectangle): Display {
    const best = displays.toSorted((a, b) => shared(b.bounds, rect) - shared(a.bounds, rect))[0];
    return best !== undefined && shared(best.bounds, rect) > 0 ? best : this.getDisplayNearestPoint(rect);
  }
  getDisplayNearestPoint(point: Point): Display {
    return displays.toSorted((a, b) => distance(a, point) - distance(b, point))[0] ?? primaryDisplay();
  }
}

export const screen = new StandInScreen();
