import type { ClassPlanSequence, ClassPlanSummary } from '@bachata-buddy/database';
import { capitalise, definitions, escapeHtml, printPage } from '../../http/printed-page.ts';

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
  return printPage(
    plan.title,
    `<h1>${title}</h1>
${definitions(facts)}
${section('Description', plan.description)}${section('Instructor notes', plan.instructorNotes)}<h2>Sequences</h2>
${plan.sequences.length === 0 ? '<p>No sequences added yet.</p>' : sequenceList(plan.sequences)}
<p>Total estimated time: ${totalEstimatedMinutes} minutes</p>
<footer>Generated ${generatedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC</footer>`,
  );
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
