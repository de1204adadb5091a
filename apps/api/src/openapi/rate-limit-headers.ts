/** Of draft-ietf-httpapi-ratelimit-headers: what it became, and what it was until its sixth version. */
const HEADERS: Readonly<Record<string, { readonly description: string; readonly example: string }>> = {
  'RateLimit-Policy': {
    description: 'Name, quota and window in seconds',
    example: '"generation";q=10;w=3600',
  },
  RateLimit: {
    description: 'What remains, and the seconds until there is more',
    example: '"generation";r=9;t=3600',
  },
  'RateLimit-Limit': { description: 'The quota', example: '10' },
  'RateLimit-Remaining': { description: 'What remains of it', example: '9' },
  'RateLimit-Reset': { description: 'Seconds until there is more', example: '3600' },
  'Retry-After': { description: 'Seconds to wait', example: '3600' },
};
const ONLY_OF_REFUSALS = 'Retry-After';

const referenceTo = (name: string) => ({ $ref: `#/components/headers/${name}` });

/** The headers of limited routes, once for all. */
export function rateLimitHeaders(): Record<string, object> {
  return Object.fromEntries(
    Object.entries(HEADERS).map(([name, { description, example }]) => [
      name,
      { description, schema: { type: 'string' }, example },
    ]),
  );
}

/** An operation's answers with the headers of its limit, where it has one. */
export function withRateLimits<Given extends object>(
  answers: Readonly<Record<string, Given>>,
): Readonly<Record<string, Given>> {
  if (!('429' in answers)) return answers;
  return Object.fromEntries(
    Object.entries(answers).map(([status, answer]) => {
      if (!status.startsWith('2') && status !== '429') return [status, answer];
      const names = Object.keys(HEADERS).filter((name) => status === '429' || name !== ONLY_OF_REFUSALS);
      const { headers: others = {} } = answer as { headers?: object };
      const headers = { ...others, ...Object.fromEntries(names.map((name) => [name, referenceTo(name)])) };
      return [status, { ...answer, headers }];
    }),
  );
}
