import { useTranslations } from 'use-intl';
import { useSaid } from './use-said.ts';

/** How errors of tasks begin, which name files of the storage behind it: nothing that its user could look up. */
const KNOWN = [
  ['Video file not found', 'clipGone'],
  ['Audio file not found', 'songGone'],
  ['Storage upload failed', 'notStored'],
  ['Cancelled by user', 'cancelled'],
] as const;

/** Words for why a dance could not be made. */
export function useFailureText(): (error: string) => string {
  const t = useTranslations('progress.failures');
  const said = useSaid();
  return (error) => {
    const known = KNOWN.find(([beginning]) => error.startsWith(beginning));
    return known === undefined ? said(error) : t(known[1]);
  };
}
