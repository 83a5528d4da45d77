import { basename } from 'node:path';
import type { CommandIo } from '../command-io.ts';
import { UsageError } from '../errors.ts';
import { plural } from '../format.ts';
import type { PassedOver } from '../sources/passed-over.ts';
import type { Source } from '../sources/source.ts';

/**
 * Asks whether to delete what a prune would delete. Without anything to delete there is no question.
 *
 * @returns whether to go on.
 * @throws UsageError when there is nobody to ask, and no `--yes`.
 */
export async function confirmDeletions(
  names: readonly string[],
  yes: boolean,
  io: CommandIo,
): Promise<boolean> {
  if (names.length === 0) return true;
  io.err(`--prune deletes ${plural(names.length, 'item')}:\n${names.map((name) => `  ${name}\n`).join('')}`);
  if (yes) return true;
  if (!io.ask) {
    throw new UsageError(
      'There is no terminal to ask in: pass --yes to delete them, or leave out --prune. Nothing was written.',
    );
  }
  const isConfirmed = /^y(es)?$/i.test((await io.ask('Delete them? Type yes or no: ')).trim());
  if (!isConfirmed) io.err('Nothing was written.\n');
  return isConfirmed;
}

/**
 * An entry that is not read may be a policy, which a prune would take for a deleted one: its name looks like that of a
 * policy, or begins with the name of one that would be deleted.
 *
 * @param names - of the policies that would be deleted.
 * @throws UsageError when there is such an entry.
 */
export function refuseIfPassedOver(passedOver: readonly PassedOver[], names: readonly string[] = []): void {
  const suspects = passedOver
    .filter(({ file, mayBePolicy }) => mayBePolicy || names.some((name) => isNamedAs(basename(file), name)))
    .map(({ file }) => file);
  if (suspects.length === 0) return;
  throw new UsageError(
    `--prune would delete the policies of files that are not read: ${suspects.join(', ')}. Move them out of the ` +
      'directory, or give them a name that is read. Nothing was written.',
  );
}

/**
 * A directory without a file for any policy in SSM may be the wrong one.
 *
 * @throws UsageError when it is.
 */
export function refuseIfUnrelated(
  files: readonly Source[],
  stored: readonly Source[],
  directory: string,
): void {
  const isRelated = stored.some(
    ({ kind, name }) => kind === 'policy' && files.some((file) => file.kind === kind && file.name === name),
  );
  if (isRelated) return;
  throw new UsageError(
    `No policy in SSM has a file in ${directory}, so --prune would delete them all. Check the directory, ` +
      '--prefix, --region and the AWS profile; push without --prune first if they are right. Nothing was written.',
  );
}

/** Whether a file may be that of a policy, such as `gold`, `gold.txt`, `Gold.yam` and `gold (1)` of `gold`. */
function isNamedAs(fileName: string, name: string): boolean {
  const plain = fileName.toLowerCase().replace(/^[^a-z0-9]+/, '');
  return plain.startsWith(name) && !/^[a-z0-9-]/.test(plain.slice(name.length));
}
