import { UsageError } from '../errors.ts';
import { parameterName, type Source } from '../sources/source.ts';

/** @throws UsageError when two files have one name, so that nobody knows which of them the parameter is. */
export function requireUniqueNames(files: readonly Source[]): void {
  for (const [index, file] of files.entries()) {
    const first = files.slice(0, index).find((one) => parameterName(one) === parameterName(file));
    if (!first) continue;
    throw new UsageError(
      `${first.file} and ${file.file} both have the name ${file.name}: delete or rename one of them.`,
    );
  }
}
