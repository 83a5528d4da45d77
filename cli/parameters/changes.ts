import { parameterName, type Source } from '../sources/source.ts';
import { colourDiff, unifiedDiff } from './unified-diff.ts';

/** The differences between two sets of sources. */
export interface Differences {
  /** Sources that are missing from the current set, or have a different text there. */
  readonly changes: readonly Change[];
  /** Sources of the current set that are not desired. */
  readonly surplus: readonly Source[];
}

export interface Change {
  /** Undefined for a new source. */
  readonly from?: Source;
  readonly to: Source;
}

/** Compares sources by the names of their parameters. */
export function compareSources(current: readonly Source[], desired: readonly Source[]): Differences {
  const [currentByName, desiredByName] = [byParameterName(current), byParameterName(desired)];
  return {
    changes: [...desiredByName].flatMap(([name, to]) => {
      const from = currentByName.get(name);
      return from?.text === to.text ? [] : [{ from, to }];
    }),
    surplus: [...currentByName].flatMap(([name, source]) => (desiredByName.has(name) ? [] : [source])),
  };
}

function byParameterName(sources: readonly Source[]): Map<string, Source> {
  return new Map(sources.map((source) => [parameterName(source), source]));
}

/** A change as a unified diff. */
export function formatChange({ from, to }: Change, colours: boolean): string {
  return formatDiff(from, to, colours);
}

/** A deletion as a unified diff. */
export function formatDeletion(source: Source, colours: boolean): string {
  return formatDiff(source, undefined, colours);
}

function formatDiff(from: Source | undefined, to: Source | undefined, colours: boolean): string {
  const labels = { before: from?.file ?? '(nothing)', after: to?.file ?? '(nothing)' };
  const text = unifiedDiff(from?.text ?? '', to?.text ?? '', labels);
  return colours ? colourDiff(text) : text;
}
