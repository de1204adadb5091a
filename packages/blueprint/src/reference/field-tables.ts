import { BlueprintSchema } from '../schema/blueprint-schema.ts';
import type { SchemaNode } from '../schema/schema-node.ts';

/** Markdown tables of every field, from the schema's own descriptions: document, moves, output_config, song. */
export function fieldTables(): string {
  const document = BlueprintSchema as SchemaNode;
  const properties = document.properties ?? {};
  return [
    section('The document', document),
    section('moves[]', properties.moves?.items ?? {}),
    section('output_config', properties.output_config ?? {}),
    section('song', properties.song ?? {}),
  ].join('\n\n');
}

function section(title: string, node: SchemaNode): string {
  const required = new Set(node.required);
  const rows = Object.entries(node.properties ?? {}).map(([name, field]) => {
    const isRequired = required.has(name) ? 'yes' : '';
    return `| \`${name}\` | ${typeOf(field)} | ${isRequired} | ${defaultOf(field)} | ${rangeOf(field)} | ${meaningOf(field)} |`;
  });
  return [
    `### ${title}`,
    '',
    node.description ?? '',
    '',
    '| Field | Type | Required | Default | Range | Meaning |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

function typeOf(field: SchemaNode): string {
  if (field['x-storage-key'] === true) return 'storage key';
  if (field.type === 'array') return `array of ${field.items?.type ?? 'anything'}s`;
  return field.enum === undefined ? (field.type ?? '') : 'string';
}

function defaultOf(field: SchemaNode): string {
  return field.default === undefined ? '' : `\`${JSON.stringify(field.default)}\``;
}

function rangeOf(field: SchemaNode): string {
  if (field.enum !== undefined) return field.enum.map((value) => `\`${value}\``).join(', ');
  if (field.type === 'array') return itemRange(field);
  if (field['x-storage-key'] === true) return 'see Storage keys';
  if (field.maxLength !== undefined) return `at most ${field.maxLength} characters`;
  return isWholeRange(field) ? '' : numberRange(field);
}

function numberRange(field: SchemaNode): string {
  const lower =
    field.minimum ?? (field.exclusiveMinimum === undefined ? undefined : `above ${field.exclusiveMinimum}`);
  if (lower === undefined) return '';
  return field.maximum === undefined ? String(lower) : `${lower} to ${field.maximum}`;
}

function itemRange(field: SchemaNode): string {
  return `${field.minItems ?? 0} to ${field.maxItems ?? 'any number of'} items`;
}

/** Whole numbers bounded only by what JavaScript can hold: no range worth a reader's time. */
function isWholeRange(field: SchemaNode): boolean {
  return field.maximum === Number.MAX_SAFE_INTEGER;
}

function meaningOf(field: SchemaNode): string {
  const unit = field['x-unit'] === undefined ? '' : `Unit: ${field['x-unit']}.`;
  return [field.description ?? '', unit, field['x-interaction'] ?? '']
    .filter((part) => part !== '')
    .join(' ');
}
