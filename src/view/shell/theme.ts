export const THEMES = ['auto', 'light', 'dark'] as const;

export type Theme = (typeof THEMES)[number];

const KEY = 'shadow-copy-lab.theme';

/** The theme chosen before, as far as the browser keeps and allows reading it. */
export function readTheme(): Theme {
  try {
    const stored = localStorage.getItem(KEY);
    return THEMES.find((theme) => theme === stored) ?? 'auto';
  } catch {
    return 'auto';
  }
}

/** Shows a theme from now on, also on the next visit. Anything unknown stands for automatic. */
export function setTheme(chosen: string): Theme {
  const theme = THEMES.find((known) => known === chosen) ?? 'auto';
  applyTheme(theme);
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Storage is not allowed here: the theme then lasts as long as the page.
  }
  return theme;
}

export function applyTheme(theme: Theme): void {
  if (theme === 'auto') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}

const PROJECTOR_KEY = 'shadow-copy-lab.projector';

/** Whether the page was last shown large, for a projector. */
export function readProjector(): boolean {
  try {
    return localStorage.getItem(PROJECTOR_KEY) === 'on';
  } catch {
    return false;
  }
}

/** Shows the page large, for a projector, or as usual; also on the next visit. */
export function setProjector(isOn: boolean): void {
  applyProjector(isOn);
  try {
    localStorage.setItem(PROJECTOR_KEY, isOn ? 'on' : 'off');
  } catch {
    // Storage is not allowed here: the choice then lasts as long as the page.
  }
}

export function applyProjector(isOn: boolean): void {
  document.documentElement.toggleAttribute('data-projector', isOn);
}
