/** The page's own style and nothing else. */
export const PAGE_CONTENT_SECURITY_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const STYLE = `
  body { font: 12pt/1.5 Georgia, serif; color: #1a1a1a; max-width: 42rem; margin: 2rem auto; padding: 0 1rem; }
  h1 { font-size: 20pt; margin: 0 0 .5rem; }
  h2 { font-size: 14pt; border-bottom: 1px solid #999; margin: 1.5rem 0 .5rem; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: 0; }
  dt { color: #555; }
  dd, p { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
  ol { padding-left: 1.5rem; }
  li { margin-bottom: .8rem; break-inside: avoid; }
  table { border-collapse: collapse; width: 100%; margin: .5rem 0 1rem; }
  th, td { text-align: left; vertical-align: top; padding: .2rem .6rem .2rem 0; border-bottom: 1px solid #ddd; }
  td.number { font-variant-numeric: tabular-nums; white-space: nowrap; }
  tr { break-inside: avoid; }
  footer { margin-top: 2rem; color: #555; font-size: 9pt; }
  @page { margin: 2cm; }
  @media print { body { margin: 0; max-width: none; padding: 0; } }`;

/** A page for paper. @param content markup, everything in it escaped */
export function printPage(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>${STYLE}
</style>
</head>
<body>
${content}
</body>
</html>
`;
}

/** Facts by name; names are ours, values are escaped. */
export function definitions(facts: readonly (readonly string[])[]): string {
  const rows = facts.map(([name = '', value = '']) => `<dt>${name}</dt><dd>${escapeHtml(value)}</dd>`);
  return `<dl>\n${rows.join('\n')}\n</dl>`;
}

export function capitalise(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
