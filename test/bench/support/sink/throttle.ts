/** A token bucket that holds the tokens of one second. */
export function createThrottle(perSecond: number): { takes(): boolean } {
  let tokens = perSecond;
  let filledAt = performance.now();
  return {
    takes() {
      const now = performance.now();
      tokens = Math.min(perSecond, tokens + ((now - filledAt) * perSecond) / 1000);
      filledAt = now;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
