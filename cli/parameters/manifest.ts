import { createHash } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import * as z from 'zod/mini';
import type { CommandIo } from '../command-io.ts';
import { UsageError } from '../errors.ts';
import { asUsageError } from '../sources/read.ts';
import { MANIFEST_NAME } from '../sources/source.ts';
import type { Location } from './location.ts';

const ABOUT =
  'What escalator push and pull last found equal in this directory and in SSM. Do not edit or commit it.';

const baseSchema = z.object({ version: z.number(), sha256: z.string() });

const manifestSchema = z.object({
  about: z.string(),
  schemaVersion: z.literal(1),
  targets: z.array(
    z.object({
      account: z.optional(z.string()),
      region: z.string(),
      prefix: z.string(),
      parameters: z.record(z.string(), baseSchema),
    }),
  ),
});

/** The version of a parameter that a file was last equal to. */
export type Base = z.infer<typeof baseSchema>;

/** What push and pull last found equal in a directory and in SSM. */
export interface Manifest {
  /** By parameter. Undefined if the directory and these parameters were never compared. */
  readonly bases: ReadonlyMap<string, Base> | undefined;
  note(parameter: string, version: number, text: string): void;
  forget(parameter: string): void;
  /** Writes the manifest. Says so if it cannot be written: the files and SSM are right even without it. */
  save(): Promise<void>;
}

/**
 * Reads the manifest of a directory.
 *
 * @throws UsageError when it is not valid.
 */
export async function readManifest(
  directory: string,
  location: Location,
  io: Pick<CommandIo, 'cwd' | 'err'>,
): Promise<Manifest> {
  const file = join(directory, MANIFEST_NAME);
  const path = resolve(io.cwd, file);
  const { targets } = parseManifest(await readText(file, path), file);
  const target = targets.find((one) => isSameLocation(one, location));
  const bases = new Map(Object.entries(target?.parameters ?? {}));
  const others = targets.filter((one) => one !== target);
  // A push saves after each parameter, so a folder that is read-only would be reported as often.
  let hasFailed = false;
  return {
    bases: target && bases,
    note: (parameter, version, text) => bases.set(parameter, { version, sha256: hashOf(text) }),
    forget: (parameter) => bases.delete(parameter),
    async save() {
      const parameters = Object.fromEntries([...bases].sort(([a], [b]) => (a < b ? -1 : 1)));
      const { account = target?.account, region, prefix } = location;
      const text = JSON.stringify(
        { about: ABOUT, schemaVersion: 1, targets: [...others, { account, region, prefix, parameters }] },
        null,
        2,
      );
      try {
        // A crash leaves the manifest of before, and not a part of one.
        await writeFile(`${path}.new`, `${text}\n`);
        await rename(`${path}.new`, path);
      } catch (error) {
        if (hasFailed) return;
        hasFailed = true;
        io.err(
          `Could not write ${file} (${(error as Error).message}). Without it, the next push or pull does not ` +
            'know what others change in the meantime.\n',
        );
      }
    },
  };
}

/** The hash of a text, whatever its ends of lines: version control may have changed them. */
export function hashOf(text: string): string {
  return createHash('sha256').update(withLineFeeds(text)).digest('hex');
}

/** The text with line feeds as ends of lines. */
export function withLineFeeds(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

function isSameLocation(a: Location, b: Location): boolean {
  const isSameAccount = a.account === undefined || b.account === undefined || a.account === b.account;
  return isSameAccount && a.region === b.region && a.prefix === b.prefix;
}

async function readText(file: string, path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    return asUsageError(file, () => Promise.reject(error));
  }
}

function parseManifest(text: string | undefined, file: string): z.infer<typeof manifestSchema> {
  if (text === undefined) return { about: ABOUT, schemaVersion: 1, targets: [] };
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch {
    throw new UsageError(
      `${file} is not valid, so nobody knows what others changed in SSM. Delete it, compare the files with ` +
        'escalator diff, then push or pull.',
    );
  }
}
