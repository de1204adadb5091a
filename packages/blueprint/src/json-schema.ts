import { BlueprintSchema } from './schema/blueprint-schema.ts';
import type { SchemaNode } from './schema/schema-node.ts';

const DIALECT = 'https://json-schema.org/draft/2020-12/schema';
/** A name, not an address: nothing is fetched from it. */
const SCHEMA_ID = 'urn:bachata-buddy:blueprint:1.1';

/**
 * The document's JSON Schema (draft 2020-12), for editors and other languages. It says all that concerns one
 * field; rules between fields (the timeline, footage, what may be overwritten) are in the reference.
 */
export function blueprintJsonSchema(): Record<string, unknown> {
  return { $schema: DIALECT, $id: SCHEMA_ID, ...published(BlueprintSchema as SchemaNode) };
}

/** The node in plain JSON Schema: unit and interaction folded into the description. */
function published(node: SchemaNode): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(node)) {
    if (keyword === 'properties') {
      result[keyword] = Object.fromEntries(
        Object.entries(node.properties ?? {}).map(([name, property]) => [name, published(property)]),
      );
    } else if (keyword === 'items') {
      result[keyword] = published(value as SchemaNode);
    } else if (keyword === 'description') {
      result[keyword] = describe(node);
    } else if (!keyword.startsWith('x-')) {
      result[keyword] = value;
    }
  }
  return result;
}

function describe(node: SchemaNode): string {
  const unit = node['x-unit'] === undefined ? undefined : `Unit: ${node['x-unit']}.`;
  return [node.description, unit, node['x-interaction']].filter((part) => part !== undefined).join(' ');
}
