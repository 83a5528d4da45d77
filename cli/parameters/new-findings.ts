import { parameterName, type Source } from '../sources/source.ts';
import { type Finding, isError, validateSources } from '../sources/validate.ts';

/** The sources of a write. */
interface Write {
  /** What is written. */
  readonly written: readonly Source[];
  /** Files that SSM has like that already. Default: none. */
  readonly unchanged?: readonly Source[];
  /** What SSM has besides, after the write. */
  readonly remaining: readonly Source[];
  /** What SSM has before. */
  readonly current: readonly Source[];
}

/**
 * The problems and warnings that a write brings: those of the sources that are written, and those that it causes
 * elsewhere, as when settings change the routing lag by which a policy's steps are ordered. A problem of an unchanged
 * file counts, too.
 */
export function newFindings({ written, unchanged = [], remaining, current }: Write): {
  readonly brought: readonly Finding[];
  /** Warnings about unchanged files, which are no news. */
  readonly known: readonly Finding[];
} {
  const keyOf = ({ source, code, message }: Finding) => [parameterName(source), code, message].join('\n');
  const before = new Set(validateSources(current).findings.map(keyOf));
  const { findings } = validateSources([...written, ...unchanged, ...remaining]);
  const isBrought = (finding: Finding) =>
    written.includes(finding.source) ||
    (isError(finding) && unchanged.includes(finding.source)) ||
    !before.has(keyOf(finding));
  return {
    brought: findings.filter(isBrought),
    known: findings.filter((finding) => unchanged.includes(finding.source) && !isBrought(finding)),
  };
}
