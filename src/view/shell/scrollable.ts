/** A part that may have to be scrolled can be reached with the keyboard, also when nothing in it can. */
export function scrollable(element: HTMLElement): void {
  element.tabIndex = 0;
}
