import pLimit from 'p-limit';
import { refused } from '../http/http-answer.ts';
import { BUSY, BUSY_RETRY_AFTER_SEC } from './password-hash.ts';

/**
 * Registrations and logins that are worked on at once: each asks the database several things, some of them about the same
 * row, and hashes a password. Others need the database's connections meanwhile.
 */
const fewAtOnce = pLimit(3);
const MOST_WAITING = 200;

/** @throws HttpAnswer 503 where too many wait */
export function inCrowd<T>(work: () => Promise<T>): Promise<T> {
  if (fewAtOnce.pendingCount >= MOST_WAITING) {
    throw refused('SERVICE_BUSY', BUSY, { 'retry-after': String(BUSY_RETRY_AFTER_SEC) });
  }
  return fewAtOnce(work);
}
