const KEY_BYTES = 16;

/**
 * A key by which a request is done once, however often it is sent (`Idempotency-Key`). Browsers have `crypto.randomUUID` on
 * pages alone that nobody could have changed on their way; this is had everywhere.
 */
export function requestKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
