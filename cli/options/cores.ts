import { availableParallelism } from 'node:os';

/** The cores to use: those of `--cores`, or all that this process may use. */
export function coresOf(option: number | undefined): number {
  return option ?? availableParallelism();
}
