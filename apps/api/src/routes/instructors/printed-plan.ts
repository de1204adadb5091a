import type { ClassPlanSequence, ClassPlanSummary } from '@bachata-buddy/database';

const STYLE = `
  body { font: 12pt/1.5 Georgia, serif; color: #1a1a1a; max-width: 42rem; margin: 2rem auto; padding: 0 1rem; }
  h1 { font-size: 20pt; margin: 0 0 .5rem; }
  h2 { font-size: 14pt; border-bottom: 1px solid #999; margin: 1.5rem 0 .5rem; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: 0; }
  dt { color: #555; }
  dd, p { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
  ol { padding-left: 1.5rem; }
  li { margin-bottom: .8rem; break-inside: avoid; }
  footer { margin-top: 2rem; color: #555; font-size: 9pt; }
  @page { margin: 2cm; }
  @media print { body { margin: 0; max-width: none; padding: 0; } }`;

/**
 * A class plan as a page for paper: everything a teacher needs in the room, none of it as markup.
 *
 * @param generatedAt when; shown in UTC at the foot
 */
export function printPlan({ plan, totalEstimatedMinutes }: ClassPlanSummary, generatedAt: Date): string {
  const title = escapeHtml(plan.title);
  const facts = [
    ['Difficulty', capitalise(plan.difficultyLevel)],
    [
      'Estimated duration',
      plan.estimatedDurationMinutes === null ? 'Not specified' : `${plan.estimatedDurationMinutes} minutes`,
    ],
    ['Created', plan.createdAt.toISOString().slice(0, 10)],
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>${STYLE}
</style>
</head>
<body>
<h1>${title}</h1>
${definitions(facts)}
${section('Description', plan.description)}${section('Instructor notes', plan.instructorNotes)}<h2>Sequences</h2>
${plan.sequences.length === 0 ? '<p>No sequences added yet.</p>' : sequenceList(plan.sequences)}
<p>Total estimated time: ${totalEstimatedMinutes} minutes</p>
<footer>Generated ${generatedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC</footer>
</body>
</html>
`;
}

/** The browser numbers them, from 1. */
function sequenceList(sequences: readonly ClassPlanSequence[]): string {
  const items = sequences.map(({ choreography, estimatedTimeMinutes, notes }) => {
    const facts = [
      ['Difficulty', capitalise(choreography.difficulty)],
      ['Duration', `${choreography.durationSec.toFixed(1)} seconds`],
      ...(estimatedTimeMinutes === null ? [] : [['Estimated time', `${estimatedTimeMinutes} minutes`]]),
      ...(notes === '' ? [] : [['Notes', notes]]),
    ];
    return `<li><strong>${escapeHtml(choreography.title)}</strong>\n${definitions(facts)}</li>`;
  });
  return `<ol>\n${items.join('\n')}\n</ol>`;
}

function section(heading: string, text: string): string {
  return text === '' ? '' : `<h2>${heading}</h2>\n<p>${escapeHtml(text)}</p>\n`;
}

function definitions(facts: readonly (readonly string[])[]): string {
  const rows = facts.map(([name = '', value = '']) => `<dt>${name}</dt><dd>${escapeHtml(value)}</dd>`);
  return `<dl>\n${rows.join('\n')}\n</dl>`;
}

function capitalise(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
