import { parsePolicy } from '../../lambda/domain/policy/parse.ts';
import type { Policy } from '../../lambda/domain/policy/policy.ts';
import { partialPolicyWarnings, policyWarnings } from '../../lambda/domain/policy/warnings/index.ts';
import type { PartialPolicy } from '../../lambda/domain/policy/warnings/partial-policy.ts';
import { DEFAULT_SETTINGS, parseSettings, type Settings } from '../../lambda/domain/settings.ts';
import { type LocatedProblem, readDocument } from '../../lambda/domain/validation/document.ts';
import type { Source } from './source.ts';

/** Something that is wrong, or may be unwise, in a source. */
export interface Finding extends LocatedProblem {
  readonly severity: 'error' | 'warning';
  readonly source: Source;
}

/** What sources hold, and what is wrong with them. */
export interface ValidatedSources {
  /** The valid ones. */
  readonly policies: readonly Policy[];
  /** The defaults where there are none, or none that are valid. */
  readonly settings: Settings;
  /** Errors and warnings, in the order of the sources and of their lines. */
  readonly findings: readonly Finding[];
}

/** Bytes that SSM takes at most, as an advanced parameter. */
export const MAX_PARAMETER_BYTES = 8_192;

/**
 * Checks policies and settings together: each for itself, and for what is odd about them beside each other.
 *
 * @param arrivalsPerSecond - contacts that arrive, for the warnings about the quota; undefined leaves them out.
 */
export function validateSources(sources: readonly Source[], arrivalsPerSecond?: number): ValidatedSources {
  const policies: Policy[] = [];
  const parts: PartialPolicy[] = [];
  let settings: Settings = DEFAULT_SETTINGS;
  const findings: Finding[] = [...sizeFindings(sources), ...nameFindings(sources)];
  for (const source of sources) {
    if (source.kind === 'settings') {
      const parsed = parseSettings(source.text);
      if (parsed.settings) settings = parsed.settings;
      findings.push(...parsed.problems.map((problem) => toError(source, problem)));
    } else {
      const parsed = parsePolicy(source.name, source.text);
      // Of two of one name the second is told as a problem, and is no other policy.
      if (parsed.policy && !policies.some(({ name }) => name === source.name)) policies.push(parsed.policy);
      if (!parsed.policy && parsed.partial) parts.push(parsed.partial);
      findings.push(...parsed.problems.map((problem) => toError(source, problem)));
    }
  }
  const warnings = [
    ...policyWarnings(policies, settings, arrivalsPerSecond === undefined ? {} : { arrivalsPerSecond }),
    ...parts.flatMap((part) => partialPolicyWarnings(part, settings)),
  ].flatMap((warning): Finding[] => {
    const source = sources.find(({ kind, name }) => kind === 'policy' && name === warning.policy);
    const { code, path, message } = warning;
    return source
      ? [{ severity: 'warning', source, ...readDocument(source.text).locate({ code, path, message }) }]
      : [];
  });
  return { policies, settings, findings: sortFindings([...findings, ...warnings], sources) };
}

function toError(source: Source, problem: LocatedProblem): Finding {
  return { severity: 'error', source, ...problem };
}

function sizeFindings(sources: readonly Source[]): Finding[] {
  return sources.flatMap((source) => {
    const bytes = Buffer.byteLength(source.text);
    if (bytes <= MAX_PARAMETER_BYTES) return [];
    return [
      toError(source, {
        code: 'too-large',
        path: [],
        line: 1,
        column: 1,
        message:
          `This has ${bytes} bytes; expected at most ${MAX_PARAMETER_BYTES}, which is what an SSM parameter takes. ` +
          'Split the policy into two with different matches, or shorten its comments.',
        found: bytes,
        allowed: `at most ${MAX_PARAMETER_BYTES}`,
      }),
    ];
  });
}

function nameFindings(sources: readonly Source[]): Finding[] {
  return sources.flatMap((source, index) => {
    const first = sources.slice(0, index).find(({ name }) => name === source.name);
    if (!first) return [];
    return [
      toError(source, {
        code: 'name-twice',
        path: [],
        line: 1,
        column: 1,
        message: `${first.file} has the name ${JSON.stringify(source.name)}, too; expected each name once. Rename one of the files.`,
        found: source.name,
        allowed: 'each name once',
      }),
    ];
  });
}

function sortFindings(findings: readonly Finding[], sources: readonly Source[]): Finding[] {
  return [...findings].sort(
    (a, b) => sources.indexOf(a.source) - sources.indexOf(b.source) || a.line - b.line || a.column - b.column,
  );
}
