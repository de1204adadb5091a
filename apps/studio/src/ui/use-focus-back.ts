import { useState } from 'react';

/**
 * Gives the focus back, when something has closed, to what had it when it opened. Radix would look for a trigger, which a
 * dialog that is opened by a state does not have.
 *
 * @returns what Radix calls once it has closed
 */
export function useFocusBack(isOpen: boolean): (event: Event) => void {
  const [wasOpen, setWasOpen] = useState(false);
  const [opener, setOpener] = useState<HTMLElement | null>(null);
  // While it is rendered: by the time of the effects the item of a menu that opened it may be gone.
  if (isOpen !== wasOpen) {
    setWasOpen(isOpen);
    if (isOpen) setOpener(findOpener());
  }
  return (event) => {
    if (opener === null || !opener.isConnected) return;
    event.preventDefault();
    opener.focus();
  };
}

/** What has the focus; of a menu, which closes, the button that opened that. Null where nothing has it. */
function findOpener(): HTMLElement | null {
  const focused = document.activeElement;
  const menu = focused?.closest('[role=menu]') ?? null;
  const opener =
    menu === null ? focused : document.getElementById(menu.getAttribute('aria-labelledby') ?? '');
  return opener instanceof HTMLElement && opener !== document.body ? opener : null;
}
