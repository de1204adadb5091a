import { composed } from '@bachata-buddy/platform';

/**
 * A value with every text in it, keys as well, in one normal form (NFC), however the caller's system writes it. The
 * given value is not changed; of keys that become the same the last counts.
 */
export function inNormalForm(value: unknown): unknown {
  if (typeof value === 'string') return composed(value);
  if (Array.isArray(value)) return value.map(inNormalForm);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [composed(key), inNormalForm(inner)]),
  );
}
