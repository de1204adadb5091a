import type { OpenSession } from '@bachata-buddy/database';
import { toTimestamp } from '../../http/timestamp.ts';

/** A login as its owner sees it. */
export function viewSession(session: OpenSession, currentFamilyId: string | null) {
  return {
    id: session.familyId,
    user_agent: session.userAgent,
    is_current: session.familyId === currentFamilyId,
    created_at: toTimestamp(session.startedAt),
    last_used_at: toTimestamp(session.usedAt),
    expires_at: toTimestamp(session.expiresAt),
  };
}
