import type { BlueprintIssue } from './blueprint-error.ts';
import { isPlainObject } from './canonical-json.ts';
import { fieldProblem } from './field-problem.ts';
import { DOCUMENT, moveAt, type Place, partNamed } from './place.ts';
import { BlueprintSchema } from './schema/blueprint-schema.ts';
import type { SchemaNode } from './schema/schema-node.ts';

/** Every field against its schema, in the schema's order: what is missing, of the wrong type or out of range. */
export function structureIssues(document: Record<string, unknown>): BlueprintIssue[] {
  return objectIssues(BlueprintSchema as SchemaNode, document, DOCUMENT);
}

function objectIssues(schema: SchemaNode, value: Record<string, unknown>, place: Place): BlueprintIssue[] {
  const required = new Set(schema.required);
  return Object.entries(schema.properties ?? {}).flatMap(([field, node]) => {
    const member = Object.hasOwn(value, field) ? value[field] : undefined;
    if (member !== undefined) return memberIssues(node, member, field, place);
    return required.has(field) ? [{ path: place.pathOf(field), text: place.missing(field) }] : [];
  });
}

function memberIssues(node: SchemaNode, value: unknown, field: string, place: Place): BlueprintIssue[] {
  const path = place.pathOf(field);
  if (node.enum !== undefined) {
    const isKnown = typeof value === 'string' && node.enum.includes(value);
    return isKnown ? [] : [{ path, text: place.invalidChoice(field, value, node.enum) }];
  }
  const problem = fieldProblem(node, value);
  if (problem !== null) {
    const subject = node['x-storage-key'] === true ? `Field '${path}'` : place.subject(field);
    return [{ path, text: `${subject} ${problem}` }];
  }
  if (Array.isArray(value)) return itemIssues(node.items ?? {}, value, path);
  return isPlainObject(value) ? objectIssues(node, value, partNamed(path)) : [];
}

function itemIssues(node: SchemaNode, items: readonly unknown[], path: string): BlueprintIssue[] {
  return items.flatMap((item, index) => {
    if (node.type !== 'object') {
      const problem = fieldProblem(node, item);
      return problem === null
        ? []
        : [{ path: `${path}[${index}]`, text: `Field '${path}[${index}]' ${problem}` }];
    }
    const itemPath = `${path}[${index}]`;
    const isMove = path === 'moves';
    if (isPlainObject(item)) return objectIssues(node, item, isMove ? moveAt(index) : partNamed(itemPath));
    const name = isMove ? `Move at index ${index}` : `Field '${itemPath}'`;
    return [{ path: itemPath, text: `${name} must be an object` }];
  });
}
