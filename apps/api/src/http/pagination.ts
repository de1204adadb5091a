import type { Page } from '@bachata-buddy/database';
import { brokenRule, refused } from './http-answer.ts';
import { parseInteger, textOf } from './query-string.ts';

const DEFAULT_PAGE_SIZE = 20;
const MAX_PAGE_SIZE = 100;

/** Beyond this an OFFSET would leave what PostgreSQL counts with. */
const MAX_PAGE = 1_000_000_000;

export interface PageRequest {
  /** From 1, or the last one there is. */
  readonly page: number | 'last';
  readonly pageSize: number;
}

export interface PageEnvelope<Item> {
  readonly count: number;
  readonly next: string | null;
  readonly previous: string | null;
  readonly results: Item[];
}

/**
 * The page that `?page=` names: absent or empty means the first.
 *
 * @throws HttpAnswer 404 `Invalid page.` for what is no page number
 */
export function parsePage(text: string | undefined): number | 'last' {
  const trimmed = (text ?? '').trim();
  if (trimmed === '') return 1;
  if (trimmed === 'last') return 'last';
  const page = /^\d+$/.test(trimmed) ? Number(trimmed) : 0;
  if (page < 1 || page > MAX_PAGE) throw refused('PAGE_NOT_FOUND', 'Invalid page.');
  return page;
}

/** `?page_size=` where everything unusable silently means the default. */
export function parsePageSizeLeniently(text: string | undefined): number {
  const size = /^\s*\d+\s*$/.test(text ?? '') ? Number(text) : 0;
  return size >= 1 && size <= MAX_PAGE_SIZE ? size : DEFAULT_PAGE_SIZE;
}

/** `?page_size=` where more than the maximum means the maximum, and what is no number from 1 the default. */
export function parsePageSizeClamped(text: string | undefined): number {
  const size = parseInteger(text) ?? 0;
  return size >= 1 ? Math.min(size, MAX_PAGE_SIZE) : DEFAULT_PAGE_SIZE;
}

/**
 * `?page_size=` where zero and less mean the default.
 *
 * @throws HttpAnswer 400 for what is no number or above 100
 */
export function parsePageSizeStrictly(text: string | undefined): number {
  if (textOf(text) === undefined) return DEFAULT_PAGE_SIZE;
  const size = parseInteger(text);
  if (size === undefined) throw brokenRule('PARAMETER_INVALID', 'page_size must be a valid integer');
  if (size > MAX_PAGE_SIZE) throw brokenRule('PARAMETER_INVALID', `page_size cannot exceed ${MAX_PAGE_SIZE}`);
  return size <= 0 ? DEFAULT_PAGE_SIZE : size;
}

export interface PaginateOptions<Item> {
  readonly request: PageRequest;
  /** The address of the list itself, with the caller's query. */
  readonly url: URL;
  readonly load: (window: { offset: number; limit: number }) => Promise<Page<Item>>;
}

/**
 * One page in its envelope. Links keep the caller's other parameters, sorted; the link to page 1 has no `page`.
 *
 * @throws HttpAnswer 404 `Invalid page.` past the last page; page 1 of an empty list is fine
 */
export async function paginate<Item>(options: PaginateOptions<Item>): Promise<PageEnvelope<Item>> {
  const { pageSize } = options.request;
  let page = options.request.page;
  if (page === 'last') {
    const { count } = await options.load({ offset: 0, limit: 1 });
    page = Math.max(1, Math.ceil(count / pageSize));
  }
  const { rows, count } = await options.load({ offset: (page - 1) * pageSize, limit: pageSize });
  if (page > 1 && rows.length === 0) throw refused('PAGE_NOT_FOUND', 'Invalid page.');
  const hasNext = page * pageSize < count;
  return {
    count,
    next: hasNext ? linkTo(options.url, page + 1) : null,
    previous: page > 1 ? linkTo(options.url, page - 1) : null,
    results: [...rows],
  };
}

function linkTo(url: URL, page: number): string {
  const link = new URL(url);
  if (page === 1) link.searchParams.delete('page');
  else link.searchParams.set('page', String(page));
  link.searchParams.sort();
  return link.href;
}
