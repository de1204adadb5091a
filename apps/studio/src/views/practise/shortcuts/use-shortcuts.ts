import { useEffect, useEffectEvent, useState } from 'react';
import { actionOf, type ShortcutAction } from './shortcuts.ts';

const KEY = 'studio.shortcuts';

/** Whether keys do something by themselves: who speaks to a computer may not want that (WCAG 2.1.4). */
export function useShortcutsChoice(): readonly [boolean, (isOn: boolean) => void] {
  const [isOn, setIsOn] = useState(() => localStorage.getItem(KEY) !== 'off');
  const choose = (chosen: boolean): void => {
    localStorage.setItem(KEY, chosen ? 'on' : 'off');
    setIsOn(chosen);
  };
  return [isOn, choose];
}

/** Where letters are written, or something else is dealt with first. */
const WRITES =
  'input:not([type=range], [type=checkbox], [type=radio]), textarea, select, [contenteditable=true]';
const ASIDE = '[role=dialog], [role=alertdialog], [role=menu], [role=listbox]';
/** What space and arrows mean something to. */
const PRESSED = 'button, a, summary, input, [role=tab], [role=slider]';

/** Does what keys ask for, wherever on the view the focus is, but where the key belongs to what has it. */
export function useShortcuts(isOn: boolean, act: (action: ShortcutAction) => void): void {
  const latest = useEffectEvent(act);
  useEffect(() => {
    if (!isOn) return undefined;
    const listen = (event: KeyboardEvent): void => {
      const { target } = event;
      if (event.defaultPrevented || !(target instanceof Element)) return;
      if (target.closest(WRITES) !== null || target.closest(ASIDE) !== null) return;
      const isOfControl = event.key === ' ' || event.key === 'Enter' || event.key.startsWith('Arrow');
      if (isOfControl && !event.shiftKey && target.closest(PRESSED) !== null) return;
      const action = actionOf(event);
      if (action === undefined) return;
      event.preventDefault();
      latest(action);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [isOn]);
}
