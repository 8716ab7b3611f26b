/**
 * Which folder may import which. `npm run check` runs it. A type is an import like any other.
 * Each rule is one sentence of the README's map; its comment is what a developer reads when it is broken.
 */
const CORE = '^src/core/';
const PRODUCTS = 'calendar|appointment|desk|inbox|push';

/** Files of `from` may import files of `to`, and each other; nothing else. */
const only = (name, comment, from, to) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { pathNot: [from, ...to] },
});

const BASE = [`${CORE}(errors|wire|runs|validate|safe-storage)\\.ts$`, `${CORE}time/`];
const SYNC = [...BASE, `${CORE}sync/`, `${CORE}realtime/types\\.ts$`];
const REALTIME = [...SYNC, `${CORE}realtime/`];
const SUPABASE = [...REALTIME, `${CORE}supabase/`];
const ELEMENTS = [`${CORE}`, '^src/locales/', '^node_modules/lit/', '^src/elements/shared/'];

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'Files that import each other can only be understood, tested and loaded together. Move what both need.',
      severity: 'error',
      from: { path: '^(src|worker|sandbox)/' },
      to: { circular: true },
    },
    only(
      'core-time',
      'core/time and the files beside it that all of core may import, import only each other.',
      `${CORE}time/`,
      BASE,
    ),
    only('core-sync', 'core/sync imports what core/time may import, and the types of realtime.', `${CORE}sync/`, SYNC),
    only('core-realtime', 'core/realtime imports what core/sync may import.', `${CORE}realtime/`, REALTIME),
    only('core-supabase', 'Only core/supabase imports Supabase.', `${CORE}supabase/`, [
      ...SUPABASE,
      '^node_modules/@supabase/',
    ]),
    {
      name: 'core-products',
      comment:
        'A product of core imports what lies below all products. Only client.ts and index.ts put products together.',
      severity: 'error',
      from: { path: `${CORE}(${PRODUCTS})/` },
      to: { pathNot: [...SUPABASE, `${CORE}(${PRODUCTS})/`] },
    },
    {
      name: 'core-products-apart',
      comment: 'Products of core share types and interfaces of backends, no code.',
      severity: 'error',
      from: { path: `${CORE}(${PRODUCTS})/` },
      to: {
        path: `${CORE}(${PRODUCTS})/`,
        pathNot: [`${CORE}$1/`, `${CORE}[a-z]+/(types|backend)\\.ts$`],
      },
    },
    only('locales', 'Locales import types of core.', '^src/locales/', [CORE]),
    only('elements-shared', 'elements/shared imports core and locales, no product.', '^src/elements/shared/', ELEMENTS),
    ...['booking', 'desk', 'notifications'].map((product) =>
      only(
        `elements-${product}`,
        `elements/${product} imports shared elements, core and locales, no other product.`,
        `^src/elements/${product}/`,
        ELEMENTS,
      ),
    ),
    {
      name: 'screens-apart',
      comment:
        'A screen imports its own folder, screen.ts and what all screens share; only screens.ts imports screens.',
      severity: 'error',
      from: { path: '^src/elements/booking/([a-z]+)/' },
      to: { path: '^src/elements/booking/[a-z]+/', pathNot: '^src/elements/booking/$1/' },
    },
    only('define', 'The define files import elements.', '^src/define[a-z-]*\\.ts$', ['^src/elements/']),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'browser'] },
  },
};
