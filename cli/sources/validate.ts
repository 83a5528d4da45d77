import { parseSettings } from '../../lambda/domain/parse-settings.ts';
import { parsePolicy } from '../../lambda/domain/policy/parse.ts';
import type { Policy } from '../../lambda/domain/policy/policy.ts';
import { partialPolicyWarnings, policyWarnings } from '../../lambda/domain/policy/warnings/index.ts';
import type { PartialPolicy } from '../../lambda/domain/policy/warnings/partial-policy.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../lambda/domain/settings.ts';
import { type LocatedProblem, readDocument } from '../../lambda/domain/validation/document.ts';
import type { Source } from './source.ts';

/** A problem (`error`) or a warning in a source. */
export interface Finding extends LocatedProblem {
  readonly severity: 'error' | 'warning';
  readonly source: Source;
}

export interface ValidatedSources {
  /** The valid policies. */
  readonly policies: readonly Policy[];
  /** The default settings if no source has valid ones. */
  readonly settings: Settings;
  /** Errors and warnings, in order of source, line and column. */
  readonly findings: readonly Finding[];
}

/** The largest value of an advanced SSM parameter. */
const MAX_PARAMETER_BYTES = 8_192;

/**
 * Validates policies and settings, each by itself and together.
 *
 * @param arrivalsPerSecond - contacts per second. Without it there are no warnings about the quota.
 */
export function validateSources(sources: readonly Source[], arrivalsPerSecond?: number): ValidatedSources {
  const policies: Policy[] = [];
  const partialPolicies: PartialPolicy[] = [];
  let settings: Settings = DEFAULT_SETTINGS;
  const findings: Finding[] = [...sizeFindings(sources), ...nameFindings(sources)];
  for (const source of sources) {
    if (source.kind === 'settings') {
      const parsed = parseSettings(source.text);
      if (parsed.settings) settings = parsed.settings;
      findings.push(...parsed.problems.map((problem) => toError(source, problem)));
    } else {
      const parsed = parsePolicy(source.name, source.text);
      // A second source of the same name is a problem (name-twice), not another policy.
      if (parsed.policy && !policies.some(({ name }) => name === source.name)) policies.push(parsed.policy);
      if (!parsed.policy && parsed.partial) partialPolicies.push(parsed.partial);
      findings.push(...parsed.problems.map((problem) => toError(source, problem)));
    }
  }
  const warnings = [
    ...policyWarnings(policies, settings, { arrivalsPerSecond }),
    ...partialPolicies.flatMap((partial) => partialPolicyWarnings(partial, settings)),
  ].flatMap((warning): Finding[] => {
    const source = sources.find(({ kind, name }) => kind === 'policy' && name === warning.policy);
    const { code, path, message } = warning;
    return source
      ? [{ severity: 'warning', source, ...readDocument(source.text).locate({ code, path, message }) }]
      : [];
  });
  return { policies, settings, findings: sortFindings([...findings, ...warnings], sources) };
}

/** Whether a finding is a problem, not a warning. */
export function isError({ severity }: Pick<Finding, 'severity'>): boolean {
  return severity === 'error';
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
          `This has ${bytes} bytes; expected at most ${MAX_PARAMETER_BYTES}, the limit of an SSM parameter. ` +
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
        message:
          `${first.file} also has the name ${JSON.stringify(source.name)}; expected unique names. ` +
          'Rename one of the files.',
        found: source.name,
        allowed: 'unique names',
      }),
    ];
  });
}

function sortFindings(findings: readonly Finding[], sources: readonly Source[]): Finding[] {
  return [...findings].sort(
    (a, b) => sources.indexOf(a.source) - sources.indexOf(b.source) || a.line - b.line || a.column - b.column,
  );
}
