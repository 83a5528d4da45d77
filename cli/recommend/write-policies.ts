import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { observing } from '../../sim/recommend/draft/observing.ts';
import type { Point } from '../../sim/recommend/search/space.ts';
import { UsageError } from '../errors.ts';
import { asUsageError } from '../sources/read.ts';
import { folderOf, isShared } from '../sources/source.ts';
import type { DraftSet } from './draft-set.ts';

/** Where the chosen policies go. */
export interface Output {
  readonly directory: string;
  /** Replace files of the same names. */
  readonly force: boolean;
}

/**
 * Refuses a directory with files, unless they may be replaced. Called before the search, which may take long.
 *
 * @throws UsageError
 */
export async function refuseFullDirectory({ directory, force }: Output, cwd: string): Promise<void> {
  const path = resolve(cwd, directory);
  const names = existsSync(path) ? await asUsageError(directory, () => readdir(path)) : [];
  if (names.length > 0 && !force) {
    throw new UsageError(`${directory} has files. Name an empty directory, or add --force to replace them.`);
  }
}

/**
 * Writes the policies of a point, with what belongs to them. What was chosen observes: it changes nothing until a
 * person lets it.
 *
 * @returns the paths of the files.
 */
export async function writePolicies(
  { directory }: Output,
  set: DraftSet,
  point: Point,
  cwd: string,
): Promise<string[]> {
  const written: string[] = [];
  for (const source of set.sourcesAt(point)) {
    const file = join(directory, isShared(source.kind) ? folderOf(source.kind) : '', basename(source.file));
    const isChosen = source.kind === 'policy' && set.drafts.includes(source.name);
    await asUsageError(file, async () => {
      await mkdir(resolve(cwd, dirname(file)), { recursive: true });
      await writeFile(resolve(cwd, file), isChosen ? observing(source.text) : source.text);
    });
    written.push(file);
  }
  return written;
}
