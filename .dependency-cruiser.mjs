// Which part of the house may import which. Checked by `npm test`; scripts/test/house.test.ts plants one violation per rule.

/** Forbids imports from a package's sources to anything but itself and what is named. */
const only = (name, from, ...allowed) => ({
  name,
  comment: `${from} may import itself and: ${allowed.join(', ') || 'nothing else'}`,
  severity: 'error',
  from: { path: `^${from}/src/` },
  to: { couldNotResolve: false, pathNot: [`^${from}/src/`, ...allowed] },
});

const npm = (name) => `(^|/)node_modules/${name}/`;
const anyNpm = '(^|/)node_modules/(?!@offstage/)';
const builtin = '^(node:)?[a-z_/]+$';
const sources = (name) => `^packages/${name}/src/`;

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    only('domain-imports-zod-alone', 'packages/domain', npm('zod')),
    only('store-imports-domain', 'packages/store', sources('domain'), anyNpm, builtin),
    only('interop-imports-domain', 'packages/interop', sources('domain'), anyNpm, builtin),
    only('model-imports-no-other-package', 'packages/model', anyNpm, builtin),
    only('server-imports-packages', 'apps/server', '^packages/(domain|store|model|interop)/src/', anyNpm, builtin),
    only('web-imports-domain', 'apps/web', sources('domain'), '^apps/server/src/', anyNpm),
    {
      name: 'web-takes-types-from-server',
      comment: 'The pages know the server by its router type alone',
      severity: 'error',
      from: { path: '^apps/web/' },
      to: { path: '^apps/server/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-import-across-features',
      comment: 'A feature of the pages is a folder of its own; what two share goes to components or lib',
      severity: 'error',
      from: { path: '^apps/web/src/features/([^/]+)/' },
      to: { path: '^apps/web/src/features/([^/]+)/', pathNot: '^apps/web/src/features/$1/' },
    },
    {
      name: 'pages-lean-downward',
      comment: 'app -> features -> components and lib, never back',
      severity: 'error',
      from: { path: '^apps/web/src/(components|lib)/' },
      to: { path: '^apps/web/src/(app|features)/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-tests-in-sources',
      severity: 'error',
      from: { path: '/src/' },
      to: { path: '(^|/)(test|e2e|bench)/' },
    },
    {
      name: 'no-unresolvable',
      comment: 'A path that leads nowhere',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    moduleSystems: ['es6', 'cjs'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.css'],
    },
  },
};
