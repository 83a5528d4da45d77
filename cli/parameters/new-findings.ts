import type { Source } from '../sources/source.ts';
import { type Finding, validateSources } from '../sources/validate.ts';

/**
 * The problems and warnings that a write brings: those of the sources that are written, and those that it causes in what
 * remains in SSM, as when settings change the routing lag by which a policy's steps are ordered.
 *
 * @param written - what is written.
 * @param remaining - what SSM has besides.
 * @param current - what SSM has before.
 */
export function newFindings(
  written: readonly Source[],
  remaining: readonly Source[],
  current: readonly Source[],
): Finding[] {
  const keyOf = ({ source, code, message }: Finding) => [source.file, code, message].join('\n');
  const before = new Set(validateSources(current).findings.map(keyOf));
  return validateSources([...written, ...remaining]).findings.filter(
    (finding) => written.includes(finding.source) || !before.has(keyOf(finding)),
  );
}
