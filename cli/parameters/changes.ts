import { parameterName, type Source } from '../sources/source.ts';
import { colourDiff, unifiedDiff } from './unified-diff.ts';

/** What it takes to make one set of sources like another. */
export interface Changes {
  /** Those that are new, or have another text. */
  readonly changed: readonly Change[];
  /** Those that are there and should not be. */
  readonly surplus: readonly Source[];
}

export interface Change {
  readonly from?: Source;
  readonly to: Source;
}

/** What it takes to make `present` like `wanted`, by the parameters that they stand for. */
export function compareSources(present: readonly Source[], wanted: readonly Source[]): Changes {
  const byParameter = (sources: readonly Source[]) =>
    new Map(sources.map((source) => [parameterName(source), source]));
  const [there, wished] = [byParameter(present), byParameter(wanted)];
  return {
    changed: [...wished].flatMap(([parameter, to]) => {
      const from = there.get(parameter);
      return from?.text === to.text ? [] : [{ ...(from ? { from } : {}), to }];
    }),
    surplus: [...there].flatMap(([parameter, source]) => (wished.has(parameter) ? [] : [source])),
  };
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
