/** Runs something when no menu is open any more and the focus is back where it was, so that a dialog may take it. */
export function afterMenus(run: () => void): void {
  requestAnimationFrame(() => {
    if (document.querySelector('[role="menu"]') !== null) afterMenus(run);
    // A menu gives the focus back in the frame after it went.
    else requestAnimationFrame(run);
  });
}
