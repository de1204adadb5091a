export const LOOKS = ['system', 'light', 'dark'] as const;

export type Look = (typeof LOOKS)[number];

const KEY = 'studio.look';
const prefersDark = window.matchMedia('(prefers-color-scheme: dark)');

export function chosenLook(): Look {
  return LOOKS.find((look) => look === localStorage.getItem(KEY)) ?? 'system';
}

export function chooseLook(look: Look): void {
  localStorage.setItem(KEY, look);
  show();
}

/** Shows the chosen look from now on; `system` follows what the system changes to. */
export function applyLook(): void {
  prefersDark.addEventListener('change', show);
  show();
}

function show(): void {
  const look = chosenLook();
  const isDark = look === 'dark' || (look === 'system' && prefersDark.matches);
  document.documentElement.dataset.look = isDark ? 'dark' : 'light';
}
