import type { IncomingHttpHeaders } from 'node:http';
import { isKnownTag } from './entity-tag.ts';
import { parseHttpDate } from './http-date.ts';

/** What a client may say of the version that it has. */
export interface Validators {
  /** A strong one, with its quotes. */
  readonly etag: string;
  readonly lastModified: Date;
}

export type Verdict = 'send' | 'not-modified' | 'failed';

/**
 * What the conditions of a GET or HEAD come to, in the order of RFC 9110, section 13.2.2: a tag counts before a date,
 * and a date that is none is not there.
 */
export function judgePreconditions(headers: IncomingHttpHeaders, validators: Validators): Verdict {
  const { etag } = validators;
  const modifiedSec = toSeconds(validators.lastModified);
  const ifMatch = headers['if-match'];
  const unmodifiedSinceSec = parseHttpDate(headers['if-unmodified-since']);
  const isOther =
    ifMatch === undefined
      ? unmodifiedSinceSec !== undefined && modifiedSec > unmodifiedSinceSec
      : !isStronglyKnownTag(ifMatch, etag);
  if (isOther) return 'failed';
  const ifNoneMatch = headers['if-none-match'];
  const modifiedSinceSec = parseHttpDate(headers['if-modified-since']);
  const isKnown =
    ifNoneMatch === undefined
      ? modifiedSinceSec !== undefined && modifiedSec <= modifiedSinceSec
      : isKnownTag(ifNoneMatch, etag);
  return isKnown ? 'not-modified' : 'send';
}

/**
 * Whether a `Range` counts: without an `If-Range`, or where that names this very version, by its tag or by its date. A
 * date says so only of what has not changed within its last second (RFC 9110, sections 13.1.5 and 8.8.2.2).
 */
export function isRangeWanted(condition: string | undefined, { etag, lastModified }: Validators): boolean {
  if (condition === undefined || condition === etag) return true;
  const dateSec = parseHttpDate(condition);
  return dateSec === toSeconds(lastModified) && toSeconds(new Date()) > dateSec;
}

/** Headers hold no parts of seconds. */
function toSeconds(date: Date): number {
  return Math.floor(date.getTime() / 1_000);
}

/** `If-Match` takes no weak tag (RFC 9110, section 13.1.1). */
function isStronglyKnownTag(header: string, etag: string): boolean {
  return header.split(',').some((tag) => ['*', etag].includes(tag.trim()));
}
