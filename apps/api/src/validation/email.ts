const MAX_LENGTH = 254;
const LOCAL_PART = /^[-!#$%&'*+/=?^_`{}|~0-9a-z]+(\.[-!#$%&'*+/=?^_`{}|~0-9a-z]+)*$/i;
const LABEL = /^[a-z0-9\u00a1-\uffff]([a-z0-9\u00a1-\uffff-]{0,61}[a-z0-9\u00a1-\uffff])?$/i;

/** Whether text looks like an address that mail can go to: a dot-atom, an `@`, a host name with a dot in it. */
export function isEmail(text: string): boolean {
  if (text.length > MAX_LENGTH) return false;
  const at = text.lastIndexOf('@');
  const labels = text.slice(at + 1).split('.');
  const isHost = labels.length >= 2 && labels.every((label) => LABEL.test(label));
  return at > 0 && LOCAL_PART.test(text.slice(0, at)) && isHost && !/^\d+$/.test(labels.at(-1) ?? '');
}
