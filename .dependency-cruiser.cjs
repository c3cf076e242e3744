/** The import rules of the house: shared < db < electron; the renderer sees shared alone. */
const nodeCore = { dependencyTypes: ['core'] }

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A way round has no bottom: its parts cannot be understood, tested or moved alone. Types count too.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    { name: 'nothing-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^electron$' } },
    {
      name: 'shared-knows-zod-alone',
      comment: 'Both sides load it: no Node, no DOM libraries, nothing of ours above it.',
      severity: 'error',
      from: { path: '^shared/' },
      to: { pathNot: ['^shared/', '^node_modules/(zod|temporal-polyfill|uuid)/'] },
    },
    { name: 'shared-without-node', severity: 'error', from: { path: '^shared/' }, to: nodeCore },
    {
      name: 'db-below-electron',
      severity: 'error',
      from: { path: '^db/' },
      to: { path: '^(electron|renderer|resources|scripts|tests)/' },
    },
    {
      name: 'db-libraries',
      severity: 'error',
      from: { path: '^db/' },
      to: {
        path: '^node_modules/',
        pathNot: '^node_modules/(kysely|better-sqlite3|@types/better-sqlite3|pg|zod|uuid)/',
      },
    },
    {
      name: 'migrations-stand-alone',
      comment: 'A migration is frozen once landed; what it imports would change under it.',
      severity: 'error',
      from: { path: '^db/migrations/\\d' },
      to: { path: '^(shared|db|electron)/', pathNot: '^db/migrations/migration\\.ts$' },
    },
    {
      name: 'electron-without-renderer',
      severity: 'error',
      from: { path: '^electron/' },
      to: { path: '^(renderer|scripts|tests)/' },
    },
    {
      name: 'electron-only-in-the-shell',
      comment: 'The same core serves the browser host, the command line and the tests.',
      severity: 'error',
      from: { path: '^(shared|db|electron|renderer)/', pathNot: '^electron/((main|preload)\\.ts$|shell/)' },
      to: { path: '(^|/)electron(/electron\\.d\\.ts|/index\\.js)?$', dependencyTypesNot: ['local'] },
    },
    {
      name: 'shell-only-from-main',
      severity: 'error',
      from: { path: '^electron/', pathNot: '^electron/(main\\.ts$|shell/)' },
      to: { path: '^electron/shell/' },
    },
    {
      name: 'renderer-sees-shared-alone',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^(db|electron|scripts|tests)/' },
    },
    { name: 'renderer-without-node', severity: 'error', from: { path: '^renderer/' }, to: nodeCore },
    {
      name: 'features-meet-in-app-or-ui',
      severity: 'error',
      from: { path: '^renderer/features/([^/]+)/' },
      to: { path: '^renderer/features/', pathNot: '^renderer/features/$1/' },
    },
    {
      name: 'documents-below-features',
      comment: 'The paper that every kind of document is written on: a kind comes to it from its feature.',
      severity: 'error',
      from: { path: '^renderer/documents/' },
      to: { path: '^renderer/features/' },
    },
    {
      name: 'app-without-documents',
      comment: 'What the shell and every feature share does not load the editor.',
      severity: 'error',
      from: { path: '^renderer/app/' },
      to: { path: '^renderer/documents/' },
    },
    {
      name: 'ui-without-business',
      severity: 'error',
      from: { path: '^renderer/ui/' },
      to: { path: '^renderer/(app|documents|features)/|^renderer/api\\.ts$' },
    },
    {
      name: 'product-without-tests',
      severity: 'error',
      from: { path: '^(shared|db|electron|renderer)/' },
      to: { path: '^(tests|scripts)/' },
    },
    {
      name: 'main-without-development-packages',
      comment: 'What the main process needs at run time is a dependency; type-only imports leave nothing behind.',
      severity: 'error',
      from: { path: '^(shared|db|electron)/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg'],
        dependencyTypesNot: ['type-only'], // React is what the PDF renderer draws with; both are bundled into its worker.
        pathNot: ['(^|/)electron(/|$)', '^node_modules/react/'],
      },
    },
  ],
  options: {
    // TypeScript 7 has no programming interface yet that the cruiser could parse with.
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types', 'default'] },
  },
}
