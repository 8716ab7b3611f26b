/**
 * `npm run api` writes what the package offers into api/, for reviewers to see what a change means to those who use it:
 * the types of `openslot` and `openslot/core`, and the attributes, events, parts and states of each element.
 * `npm run api -- --check` compares instead, and fails if a file in api/ is no longer true.
 *
 * Needs the types in dist/ and custom-elements.json: `npm run build`.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';
import { format, resolveConfig } from 'prettier';

const ROOT = path.join(import.meta.dirname, '../..');
const FOLDER = path.join(ROOT, 'api');
/** Where the current reports are written before they are compared. */
const CACHE = path.join(ROOT, 'node_modules/.cache/api');
const isCheck = process.argv.includes('--check');

const stale: string[] = [];
await mkdir(FOLDER, { recursive: true });
if (!reportTypes('openslot', 'dist/index.d.ts')) stale.push('openslot.api.md');
if (!reportTypes('core', 'dist/core/index.d.ts')) stale.push('core.api.md');
if (!(await reportElements('elements.md'))) stale.push('elements.md');

if (stale.length > 0 && isCheck) {
  process.stderr.write(
    `${stale.map((file) => `api/${file}`).join(', ')}: what the package offers has changed. Run \`npm run build && npm run api\`, ` +
      'review the difference, describe it with `npx changeset`, and commit both.\n',
  );
  process.exitCode = 1;
}

/** True if the report was up to date. */
function reportTypes(name: string, entry: string): boolean {
  const { apiReportChanged, succeeded, errorCount } = Extractor.invoke(
    ExtractorConfig.prepare({
      configObjectFullPath: path.join(ROOT, 'api-extractor.json'),
      packageJsonFullPath: path.join(ROOT, 'package.json'),
      configObject: {
        projectFolder: ROOT,
        mainEntryPointFilePath: path.join(ROOT, entry),
        compiler: { tsconfigFilePath: path.join(ROOT, 'tsconfig.json') },
        apiReport: {
          enabled: true,
          reportFolder: FOLDER,
          reportTempFolder: CACHE,
          reportFileName: name,
          includeForgottenExports: true,
        },
        dtsRollup: { enabled: false },
        docModel: { enabled: false },
        tsdocMetadata: { enabled: false },
        messages: {
          compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Warning } },
          extractorMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
          tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
        },
      },
    }),
    {
      localBuild: !isCheck,
      messageCallback: (message) => {
        // The report itself says what changed, and the line below which command to run.
        message.handled = message.logLevel !== ExtractorLogLevel.Error;
      },
    },
  );
  if (errorCount > 0) throw new Error(`The types of ${entry} could not be read.`);
  return succeeded && !apiReportChanged;
}

interface Named {
  readonly name?: string;
  readonly default?: string;
  readonly type?: { readonly text: string };
  readonly fieldName?: string;
}

interface ElementDeclaration {
  readonly tagName?: string;
  readonly attributes?: readonly Named[];
  readonly members?: readonly (Named & { kind: string; privacy?: string; static?: boolean; attribute?: string })[];
  readonly events?: readonly Named[];
  readonly slots?: readonly Named[];
  readonly cssParts?: readonly Named[];
  readonly cssProperties?: readonly Named[];
  readonly cssStates?: readonly Named[];
}

/** True if the report was up to date. */
async function reportElements(name: string): Promise<boolean> {
  const manifest = JSON.parse(await readFile(path.join(ROOT, 'custom-elements.json'), 'utf8')) as {
    modules: { declarations: ElementDeclaration[] }[];
  };
  const elements = manifest.modules.flatMap(({ declarations }) => declarations).filter(({ tagName }) => tagName);
  elements.sort((a, b) => a.tagName!.localeCompare(b.tagName!, 'en'));
  const file = path.join(FOLDER, name);
  const text = await format(
    ['# Elements', '', 'Written by `npm run api`. Do not edit.', '', ...elements.flatMap(describeElement)].join('\n'),
    { ...(await resolveConfig(file)), parser: 'markdown' },
  );
  const before = await readFile(file, 'utf8').catch(() => '');
  if (!isCheck) await writeFile(file, text);
  return before === text;
}

function describeElement(element: ElementDeclaration): string[] {
  const properties = (element.members ?? []).filter(
    ({ kind, privacy, static: isStatic, attribute }) =>
      kind === 'field' && !isStatic && privacy !== 'private' && privacy !== 'protected' && !attribute,
  );
  return [
    `## ${element.tagName!}`,
    '',
    ...list('Attributes', element.attributes),
    ...list('Properties', properties),
    ...list('Events', element.events),
    ...list('Slots', element.slots),
    ...list('Parts', element.cssParts),
    ...list('CSS properties', element.cssProperties),
    ...list('States', element.cssStates),
  ];
}

function list(title: string, entries: readonly Named[] = []): string[] {
  if (entries.length === 0) return [];
  const lines = entries.map(({ name = '', type, default: value }) => {
    const details = [type?.text, value !== undefined && `default \`${value}\``].filter(Boolean).join(', ');
    return `- \`${name || '(default)'}\`${details ? `: ${details.replaceAll(/\s+/g, ' ')}` : ''}`;
  });
  return [`### ${title}`, '', ...lines.sort(), ''];
}
