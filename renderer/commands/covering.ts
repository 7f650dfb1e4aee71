/** Dialogs, menus and lists that are open. Toasts are dialogs too, by their role, but leave the page to its keys. */
const popups = ['dialog', 'alertdialog', 'menu', 'listbox']
  .map((role) => `[role="${role}"]:not([aria-modal="false"], [hidden], [hidden] *, [cmdk-list])`)
  .join();

export const hasOpenPopup = (): boolean => document.querySelector(popups) !== null;
