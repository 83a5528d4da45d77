import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

/**
 * Writes `dist/THIRD-PARTY-NOTICES.txt`: the packages whose code is in the bundles, and the texts of their licences,
 * which the licences require copies to contain.
 */
export function writeNotices(project: string, dist: string, metafiles: readonly Metafile[]): void {
  const folders = new Set(metafiles.flatMap(bundledPackages));
  const packagesByText = Map.groupBy(
    [...folders].sort().map((folder) => readLicence(project, folder)),
    ({ text }) => text,
  );
  const sections = [...packagesByText].map(([text, packages]) =>
    [...packages.map(({ title }) => title), '', text.trim()].join('\n'),
  );
  const line = '-'.repeat(80);
  const head = 'The files in this folder contain code of these packages.';
  writeFileSync(join(dist, 'THIRD-PARTY-NOTICES.txt'), `${[head, ...sections].join(`\n\n${line}\n\n`)}\n`);
}

/** The folders of the packages of which an output has code, such as `node_modules/@aws-sdk/client-ssm`. */
function bundledPackages({ outputs }: Metafile): string[] {
  return Object.values(outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .flatMap(([path]) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []);
}

function readLicence(project: string, folder: string) {
  const directory = join(project, folder);
  const { name, version, license } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
  const files = globSync('{LICEN[CS]E,licen[cs]e,NOTICE}*', { cwd: directory }).sort();
  const texts = files.map((file) => readFileSync(join(directory, file), 'utf8').trim());
  return { title: `${name} ${version} (${license})`, text: texts.join('\n\n') };
}
