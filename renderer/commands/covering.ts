/** Dialogs, menus and lists that are open. Toasts are dialogs too, by their role, but leave the page to its keys. */
const popups = [
  ...['dialog', 'alertdialog', 'menu'].map(
    (role) => `[role="${role}"]:not([aria-modal="false"],[hidden],[hidden] *)`,
  ),
  // A list that a page is made of is no popup; one that was opened says so.
  '[role="listbox"][data-open]',
  '[data-open] [role="listbox"]',
].join();

export const hasOpenPopup = (): boolean => document.querySelector(popups) !== null;
