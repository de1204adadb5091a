/** Something in the repository that is made of the code: one program writes it, and says with --check whether it is fresh. */
export interface Generated {
  readonly what: string;
  readonly program: string;
}

/** All that is generated, each after what it is made of. */
export const GENERATED: readonly Generated[] = [
  { what: 'migrations', program: 'packages/database/src/commands/generate.ts' },
  { what: 'blueprint documents', program: 'packages/blueprint/src/commands/generate-docs.ts' },
  { what: 'OpenAPI document', program: 'apps/api/src/commands/generate-openapi.ts' },
  { what: "client's types", program: 'packages/client/src/commands/generate-types.ts' },
  { what: 'list of metrics', program: 'apps/api/src/commands/generate-metrics.ts' },
  { what: 'list of errors', program: 'infra/dev/commands/generate-errors.ts' },
  { what: 'configuration reference', program: 'infra/dev/commands/generate-configuration.ts' },
];
