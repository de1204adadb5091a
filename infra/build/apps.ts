/** One app as it is built: a folder that needs Node and nothing else. */
export interface BuiltApp {
  /** Programs, by the name that each gets in the folder; paths from the project's root. */
  readonly programs: Readonly<Record<string, string>>;
  /** What its modules look for beside themselves; paths from the project's root. */
  readonly files: Readonly<Record<string, string>>;
  /**
   * Packages that cannot become part of a program, with native code or files of their own, each with the room that
   * depends on it: they come along in the folder's `node_modules`.
   */
  readonly packages: Readonly<Record<string, string>>;
}

const MIGRATE = 'packages/database/src/commands/migrate.ts';
const MIGRATIONS = { migrations: 'packages/database/migrations' };
const ANALYSIS_WORKER = { 'analysis-worker': 'packages/music/src/analysis-worker.ts' };

export const BUILT_APPS: Readonly<Record<string, BuiltApp>> = {
  api: {
    programs: {
      server: 'apps/api/src/server.ts',
      admin: 'apps/api/src/commands/admin.ts',
      tasks: 'apps/api/src/commands/tasks.ts',
      songs: 'apps/api/src/commands/songs.ts',
      moves: 'apps/api/src/commands/moves.ts',
      library: 'apps/api/src/commands/library.ts',
      migrate: MIGRATE,
      ...ANALYSIS_WORKER,
      'choreographer-worker': 'apps/api/src/generate/choreographer/choreographer-worker.ts',
    },
    files: MIGRATIONS,
    packages: {
      '@node-rs/argon2': 'apps/api',
      '@fastify/swagger-ui': 'apps/api',
      'hnswlib-node': 'packages/choreography',
      '@google-cloud/run': 'apps/api',
      'google-gax': 'apps/api',
    },
  },
  job: { programs: { main: 'apps/job/src/main.ts' }, files: {}, packages: {} },
  ingest: {
    programs: {
      main: 'apps/ingest/src/main.ts',
      ...ANALYSIS_WORKER,
      'library-worker': 'packages/demo/src/library-worker.ts',
      'pose-worker': 'packages/pose/src/pose-worker.ts',
    },
    // The model is among them where it is installed.
    files: { ...MIGRATIONS, 'pose-model': 'packages/pose/model' },
    packages: { '@napi-rs/canvas': 'packages/demo' },
  },
};

/** Not part of the product: the Cloud Storage of the compose file. */
export const GCS_EMULATOR: BuiltApp = {
  programs: { main: 'packages/gcs-testkit/src/commands/serve.ts' },
  files: {},
  packages: {},
};
