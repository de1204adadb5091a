import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import ts from 'typescript';
import { ROOT_DIRECTORY } from '../../paths.ts';

const TABLES = /^((apps|packages)\/\w+\/src|infra)\/(http\/answer-codes|errors)\.ts$/;
/** As ours are; Node.js's own begin with ERR. */
const CODE = /^(?!ERR_)[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/;
/** Makers of errors, and what sends an answer; their codes are their first argument, or a property `code`. */
const MAKERS =
  /^((api|choreography|db|demo|infra|ingest|job|media|music|platform|pose|storage|gemini)Error|brokenRule|refused|refusal|unavailable)$/;
/** Makers whose name is their code. */
const OF_ONE_CODE: Readonly<Record<string, string>> = { cancelled: 'CANCELLED', usageError: 'USAGE' };

/** All source files of ours, tables and tests apart, and the page, which tells people of the API's codes and makes none. */
function sources(): string[] {
  return ['apps', 'packages', 'infra', 'bench'].flatMap((folder) =>
    readdirSync(join(ROOT_DIRECTORY, folder), { recursive: true, encoding: 'utf8' })
      .map((path) => join(folder, path))
      .filter(
        (path) =>
          path.endsWith('.ts') &&
          !/(node_modules|apps\/studio\/|\/test\/|\/generated\/|-testkit\/)/.test(path),
      )
      .filter((path) => !TABLES.test(path)),
  );
}

/** Whether a text can hold a code at all: to read a source as a tree takes longer than all else here. */
const MAY_HOLD_CODES = /['"`][A-Z][A-Z0-9_]+['"`]|\b(cancelled|usageError)\(/;

interface CodesOfSource {
  /** Where an error is made, whether or not a table knows them. */
  readonly made: string[];
  /** Anywhere but in a question: what is asked for alone is never made. */
  readonly named: string[];
}

function codesIn(text: string): CodesOfSource {
  const codes: CodesOfSource = { made: [], named: [] };
  if (!MAY_HOLD_CODES.test(text)) return codes;
  const noteMade = (node: ts.Node | undefined): void => {
    if (node === undefined) return;
    if (ts.isStringLiteralLike(node) && CODE.test(node.text)) codes.made.push(node.text);
    if (ts.isConditionalExpression(node)) [node.whenTrue, node.whenFalse].forEach(noteMade);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) && !isQuestion(node.parent)) codes.named.push(node.text);
    if (ts.isCallExpression(node)) {
      const name = node.expression.getText();
      if (MAKERS.test(name)) noteMade(node.arguments[0]);
      const own = OF_ONE_CODE[name];
      if (own !== undefined) codes.named.push(own);
    }
    if (ts.isPropertyAssignment(node) && node.name.getText() === 'code') noteMade(node.initializer);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest, true));
  return codes;
}

function isQuestion(parent: ts.Node): boolean {
  if (ts.isBinaryExpression(parent) || ts.isCaseClause(parent)) return true;
  return ts.isCallExpression(parent) && parent.expression.getText() === 'hasCode';
}

/** The tables of docs/errors.md: codes, and of answers their statuses. */
function documented(): { all: Set<string>; statuses: Map<string, number> } {
  const rows = readFileSync(join(ROOT_DIRECTORY, 'docs/errors.md'), 'utf8').matchAll(
    /^\| `([A-Z0-9_]+)` \| (\d{3})? ?/gm,
  );
  const all = new Set<string>();
  const statuses = new Map<string, number>();
  for (const [, code = '', status] of rows) {
    if (all.has(code)) throw new Error(`${code} stands in two tables.`);
    all.add(code);
    if (status !== undefined) statuses.set(code, Number(status));
  }
  return { all, statuses };
}

/** What the OpenAPI document says that the header may hold: code and status of each. */
function promised(): Map<string, number> {
  const { components, paths } = JSON.parse(readFileSync(join(ROOT_DIRECTORY, 'docs/openapi.json'), 'utf8'));
  const codes = new Map<string, number>();
  for (const [name, header] of Object.entries<{ schema: { enum?: string[] } }>(components.headers)) {
    const status = /^ErrorCode(\d{3})$/.exec(name)?.[1];
    // Others tell what is left of limits.
    if (status !== undefined) for (const code of header.schema.enum ?? []) codes.set(code, Number(status));
  }
  type Operation = { responses: Record<string, { headers?: Record<string, { $ref: string }> }> };
  for (const operation of Object.values<Record<string, Operation>>(paths).flatMap(Object.values<Operation>))
    for (const [status, { headers }] of Object.entries(operation.responses))
      t.equal(
        headers?.['X-Error-Code']?.$ref,
        Number(status) >= 400 ? `#/components/headers/ErrorCode${status}` : undefined,
      );
  return codes;
}

t.test('the code makes the errors that docs/errors.md lists, and no others', async (t) => {
  const { all } = documented();
  const texts = sources().map((path) => readFileSync(join(ROOT_DIRECTORY, path), 'utf8'));
  const found = texts.map(codesIn);
  const unlisted = new Set(found.flatMap(({ made }) => made).filter((code) => !all.has(code)));
  t.strictSame([...unlisted], [], 'every code that is made is listed');
  const named = new Set(found.flatMap(({ named }) => named));
  // Made of a platform's own word.
  const isComposed = (code: string): boolean =>
    code.startsWith('CLOUD_RUN_') && texts.some((text) => text.includes('`CLOUD_RUN_${'));
  const unused = [...all].filter((code) => !named.has(code) && !isComposed(code));
  t.strictSame(unused, [], 'every code that is listed is made');
});

t.test('the OpenAPI document promises the answers that docs/errors.md lists, and no others', async (t) => {
  const { statuses } = documented();
  const byCode = (entries: Map<string, number>) => [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
  t.ok(statuses.size > 30);
  t.strictSame(byCode(promised()), byCode(statuses));
});
