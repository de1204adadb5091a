import { useEffect, useState } from 'react';

/** The value as it was when it last stood still for a while: what is typed is asked for once. */
export function useLater<Value>(value: Value, delayMs = 300): Value {
  const [later, setLater] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setLater(value), delayMs);
    return () => clearTimeout(timer);
  }, [value, delayMs]);
  return later;
}
