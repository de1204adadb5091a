import { MAX_ISSUES_IN_MESSAGE } from './limits.ts';

/** One thing wrong with a document. */
export interface BlueprintIssue {
  /** Where: `task_id`, `moves[3].duration`, `output_config.output_path`; empty for the document itself. */
  readonly path: string;
  /** What, as a sentence safe to show; quotes at most a short piece of the document. */
  readonly text: string;
}

/**
 * A document or storage key that is refused. `message` is safe to show: it speaks of the document alone.
 * For a document it reads `Blueprint validation failed: <text>; <text>; ...`.
 */
export class BlueprintError extends Error {
  /** Stable name for logs. */
  readonly code = 'BLUEPRINT_INVALID';
  /** All problems, in document order; never empty. */
  readonly issues: readonly BlueprintIssue[];

  constructor(
    issues: readonly BlueprintIssue[],
    message = `Blueprint validation failed: ${joinTexts(issues)}`,
  ) {
    super(message);
    this.name = 'BlueprintError';
    this.issues = issues;
  }
}

function joinTexts(issues: readonly BlueprintIssue[]): string {
  const texts = issues.slice(0, MAX_ISSUES_IN_MESSAGE).map((issue) => issue.text);
  const hidden = issues.length - texts.length;
  return texts.join('; ') + (hidden > 0 ? `; and ${hidden} more` : '');
}
