/** Of the API, of media and of the page's own files: there a missing address is one, whoever asks. */
const NOT_OF_THE_PAGE = /^\/(?:api|media|metrics|assets)(?:\/|\?|$)/;

/** What a browser sends that goes to an address; programs that take anything do not mean a page. */
export function isPageWanted(request: {
  readonly method: string;
  readonly url: string;
  readonly headers: { readonly accept?: string | undefined };
}): boolean {
  const { method, url, headers } = request;
  if (method !== 'GET' && method !== 'HEAD') return false;
  return !NOT_OF_THE_PAGE.test(url) && /\btext\/html\b/i.test(headers.accept ?? '');
}
