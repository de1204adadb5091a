import { fewAtOnce } from './few-at-once.ts';

/**
 * Registrations and logins that are worked on at once: each asks the database several things, some of them about the same
 * row, and hashes a password. Others need the database's connections meanwhile.
 *
 * @throws HttpAnswer 503 where too many wait
 */
export const inCrowd = fewAtOnce(3);
