import { statSync } from 'node:fs';
import { join } from 'node:path';
import { PAGE_FILES } from '../../cli/watch/build-page.ts';
import { run } from './run.ts';

/** A fifth of it are the source maps of the handlers. */
const MAX_BYTES = 2_350_000;

/** The only files that the package may have. */
const ALLOWED = [
  /^(package\.json|README\.md|LICENSE|CHANGELOG\.md)$/,
  /^bin\/escalator\.cjs$/,
  /^dist\/(THIRD-PARTY-NOTICES\.txt|cjs\/package\.json|(lib|cjs)\/index\.js)$/,
  /^dist\/(lib\/index|cjs\/types\/.+)\.d\.ts$/,
  /^dist\/handlers\/([a-z-]+)\/(\1|build-policies)\.mjs$/,
  /^dist\/source-maps\/[a-z-]+\.mjs\.map$/,
  /^dist\/cli\/[\w-]+\.(js|css)$/,
  /^dist\/cli\/console\/(console\.(html|js|css)|icon\.svg)$/,
  /^policies\/[a-z-]+\.yaml$/,
  /^cookbook\/((calendars|conditions)\/)?[a-z-]+\.yaml$/,
  /^scenarios\/((drafts|goals)\/)?[a-z-]+\.yaml$/,
  /^schemas\/(events\/)?[a-z]+\.schema\.json$/,
  /^schemas\/events\/[a-z]+\.example\.json$/,
];

/** Files that nothing else needs where the package is tried. */
const REQUIRED = ['LICENSE', ...PAGE_FILES.map((name) => `dist/cli/console/${name}`)];

/** The package is too large, or has files that do not belong in it. */
class TarballError extends Error {
  override readonly name = 'TarballError';
}

/**
 * Builds and packs the package.
 *
 * @returns the path of the tarball.
 * @throws TarballError when it is too large, lacks a file, or has other files than the allowed ones.
 */
export function pack(project: string, directory: string): string {
  const { out } = run('npm', ['pack', '--json', '--pack-destination', directory], { cwd: project });
  // The build prints to the same stream, before the JSON.
  const json = JSON.parse(out.slice(out.search(/^[[{]$/m)));
  const [packed] = Object.values(json) as [{ filename: string; files: { path: string }[] }];
  const foreign = packed.files.filter(({ path }) => !ALLOWED.some((pattern) => pattern.test(path)));
  if (foreign.length > 0) {
    throw new TarballError(
      `The package has unexpected files: ${foreign.map(({ path }) => path).join(', ')}.`,
    );
  }
  for (const required of REQUIRED) {
    if (!packed.files.some(({ path }) => path === required))
      throw new TarballError(`${required} is missing.`);
  }
  const tarball = join(directory, packed.filename);
  const { size } = statSync(tarball);
  if (size >= MAX_BYTES) {
    throw new TarballError(`The package has ${size} bytes: at most ${MAX_BYTES - 1} are allowed.`);
  }
  return tarball;
}
