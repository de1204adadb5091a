/**
 * What the page may load: its own files, and media from where they lie. Scripts come as files alone. Styles may also
 * stand in the page: the components for menus and dialogs put them there to keep what is below from scrolling.
 *
 * @param mediaOrigins beside the page's own, e.g. `https://cdn.example.com`
 */
export function contentSecurityPolicy(mediaOrigins: readonly string[]): string {
  const media = ["'self'", 'blob:', ...mediaOrigins].join(' ');
  return Object.entries({
    'default-src': "'self'",
    'script-src': "'self'",
    'style-src': "'self' 'unsafe-inline'",
    'img-src': media,
    'media-src': media,
    'connect-src': ["'self'", ...mediaOrigins].join(' '),
    'font-src': "'self'",
    'object-src': "'none'",
    'worker-src': "'none'",
    'base-uri': "'none'",
    'form-action': "'self'",
    'frame-ancestors': "'none'",
  })
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ');
}
