import type { Calendar } from '../../lambda/domain/calendar/calendar.ts';
import { parseCalendarText } from '../../lambda/domain/calendar/parse-text.ts';
import { isTimezone } from '../../lambda/domain/calendar/time-zone.ts';
import { timezoneAdvice } from '../../lambda/domain/calendar/zone-advice.ts';
import type { Condition } from '../../lambda/domain/condition/condition.ts';
import { parseConditionText } from '../../lambda/domain/condition/parse-text.ts';
import { conditionsInUse, mayNameSignal } from '../../lambda/domain/condition/use.ts';
import { conditionWarnings } from '../../lambda/domain/condition/warnings.ts';
import { isObject } from '../../lambda/domain/json.ts';
import { parseSettings } from '../../lambda/domain/parse-settings.ts';
import { parsePolicy } from '../../lambda/domain/policy/parse.ts';
import type { Policy } from '../../lambda/domain/policy/policy.ts';
import { signalPatternsOf } from '../../lambda/domain/policy/policy-set.ts';
import { partialPolicyWarnings, policyWarnings } from '../../lambda/domain/policy/warnings/index.ts';
import { withListAdvice } from '../../lambda/domain/policy/warnings/list-advice.ts';
import type { PartialPolicy } from '../../lambda/domain/policy/warnings/partial-policy.ts';
import type { Warning } from '../../lambda/domain/policy/warnings/warning.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../lambda/domain/settings.ts';
import { type LocatedProblem, readDocument } from '../../lambda/domain/validation/document.ts';
import type { Path } from '../../lambda/domain/validation/problem.ts';
import { advancedParameterMessage, parameterProblems } from './parameter-rules.ts';
import { parameterName, type Source } from './source.ts';

/** A problem (`error`) or a warning in a source. */
export interface Finding extends LocatedProblem {
  readonly severity: 'error' | 'warning';
  readonly source: Source;
}

export interface ValidatedSources {
  /** The valid policies. */
  readonly policies: readonly Policy[];
  /** The valid conditions that these policies name. */
  readonly conditions: readonly Condition[];
  /** Those given, or the default ones, if no source has valid ones. */
  readonly settings: Settings;
  /** Errors and warnings, in order of source, line and column. */
  readonly findings: readonly Finding[];
}

interface ValidationOptions {
  /** Contacts per second. Without it there are no warnings about the quota. */
  readonly arrivalsPerSecond?: number;
  /** The settings in force where the sources have none. Default: the default settings. */
  readonly settings?: Settings;
  /** True if the sources are single files, beside which there may be others. Default false. */
  readonly isPart?: boolean;
}

/**
 * Validates policies, calendars, conditions and settings, each by itself and together: policies are checked with the settings and
 * calendars among the sources.
 */
export function validateSources(
  sources: readonly Source[],
  { arrivalsPerSecond, settings: otherSettings = DEFAULT_SETTINGS, isPart = false }: ValidationOptions = {},
): ValidatedSources {
  const policies: Policy[] = [];
  const partialPolicies: PartialPolicy[] = [];
  const findings: Finding[] = [...textFindings(sources), ...nameFindings(sources)];
  const readable = sources.filter(({ encodingProblem }) => encodingProblem === undefined);
  let settings: Settings | undefined;
  for (const source of readable.filter(({ kind }) => kind === 'settings')) {
    const parsed = parseSettings(source.text);
    settings ??= parsed.settings;
    findings.push(...parsed.problems.map((problem) => toError(source, problem)));
  }
  settings ??= otherSettings;
  const calendars = new Map<string, Calendar | undefined>();
  for (const source of sources.filter(({ kind }) => kind === 'calendar')) {
    const parsed = parseCalendarText(source.name, source.text);
    const isFirst = !calendars.has(source.name);
    if (isFirst) calendars.set(source.name, source.encodingProblem ? undefined : parsed.calendar);
    if (source.encodingProblem) continue;
    findings.push(...parsed.problems.map((problem) => toError(source, problem)), ...zoneFindings(source));
  }
  const conditions = new Map<Source, Condition>();
  for (const source of readable.filter(({ kind }) => kind === 'condition')) {
    const { condition, problems } = parseConditionText(source.name, source.text);
    if (condition) conditions.set(source, condition);
    findings.push(...problems.map((problem) => toError(source, problem)));
  }
  const policySources = readable.filter(({ kind }) => kind === 'policy');
  const documents = new Map(policySources.map(({ name, text }) => [name, readDocument(text)]));
  const written = (policy: string, path: Path) => documents.get(policy)?.written(path);
  for (const source of policySources) {
    const parsed = parsePolicy(source.name, source.text, settings, calendars);
    // A second source of the same name is a problem (name-twice), not another policy.
    if (parsed.policy && !policies.some(({ name }) => name === source.name)) policies.push(parsed.policy);
    if (!parsed.policy && parsed.partial) partialPolicies.push(parsed.partial);
    const problems = withListAdvice(parsed.problems, (path) => written(source.name, path));
    findings.push(...problems.map((problem) => toError(source, problem)));
  }
  const others = policies.flatMap(({ name }) => advancedParameterWarnings(name, policySources));
  const warnings = [
    ...policyWarnings(policies, settings, { arrivalsPerSecond, written, others, isPart }),
    ...partialPolicies.flatMap((partial) => partialPolicyWarnings(partial, settings, { written })),
  ].flatMap((warning): Finding[] => {
    const source = policySources.find(({ name }) => name === warning.policy);
    const { code, path, message } = warning;
    const located = documents.get(warning.policy)?.locate({ code, path, message });
    if (!source || !located) return [];
    const isExplained =
      path.length > 0 && findings.some((one) => one.source === source && isAtSamePlace(one, located));
    return isExplained ? [] : [{ severity: 'warning', source, ...located }];
  });
  const areAllKnown = !isPart && policySources.length === policies.length;
  const ofConditions = conditionFindings(conditions, areAllKnown ? policies : undefined);
  return {
    policies,
    conditions: conditionsInUse([...conditions.values()], signalPatternsOf(policies)),
    settings,
    findings: sortFindings([...findings, ...warnings, ...ofConditions], sources),
  };
}

/** What is unwise about the time zone of a calendar, whatever else is wrong with it. */
function zoneFindings(source: Source): Finding[] {
  const { value, locate } = readDocument(source.text);
  const timezone = isObject(value) ? value.timezone : undefined;
  const message = typeof timezone === 'string' && isTimezone(timezone) ? timezoneAdvice(timezone) : undefined;
  if (message === undefined) return [];
  return [{ severity: 'warning', source, ...locate({ code: 'time-zone', path: ['timezone'], message }) }];
}

/** @param policies - all that there are; undefined where that is not known. */
function conditionFindings(
  conditions: ReadonlyMap<Source, Condition>,
  policies: readonly Policy[] | undefined,
): Finding[] {
  const patterns = policies && signalPatternsOf(policies);
  return [...conditions].flatMap(([source, condition]) => {
    const { locate } = readDocument(source.text);
    const isUnused = patterns && !patterns.some((pattern) => mayNameSignal(pattern, condition.name));
    const unused = {
      code: 'condition-unused',
      path: [],
      message:
        `No policy names the signal ${condition.name}, so the condition has no effect, and nobody looks at the load. ` +
        `Write signals: [${condition.name}] in a policy, or delete the condition.`,
    };
    return [...conditionWarnings(condition), ...(isUnused ? [unused] : [])].map(
      (warning): Finding => ({ severity: 'warning', source, ...locate(warning) }),
    );
  });
}

/** A problem explains what else is odd in its place. */
function isAtSamePlace(a: LocatedProblem, b: LocatedProblem): boolean {
  return a.line === b.line && a.column === b.column;
}

function advancedParameterWarnings(policy: string, sources: readonly Source[]): Warning[] {
  const { text = '' } = sources.find(({ name }) => name === policy) ?? {};
  const message = advancedParameterMessage(text);
  return message === undefined ? [] : [{ code: 'advanced-parameter', policy, path: [], message }];
}

/** Whether a finding is a problem, not a warning. */
export function isError({ severity }: Pick<Finding, 'severity'>): boolean {
  return severity === 'error';
}

function toError(source: Source, problem: LocatedProblem): Finding {
  return { severity: 'error', source, ...problem };
}

/** What is wrong with the texts as such: their encoding, and what SSM refuses. */
function textFindings(sources: readonly Source[]): Finding[] {
  return sources.flatMap((source) => {
    const { encodingProblem, text } = source;
    if (encodingProblem) return [toError(source, { code: 'encoding', path: [], ...encodingProblem })];
    return parameterProblems(text).map((problem) => toError(source, problem));
  });
}

function nameFindings(sources: readonly Source[]): Finding[] {
  return sources.flatMap((source, index) => {
    const first = sources.slice(0, index).find((one) => parameterName(one) === parameterName(source));
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

/** Findings in order of source, line and column. */
export function sortFindings(findings: readonly Finding[], sources: readonly Source[]): Finding[] {
  return [...findings].sort(
    (a, b) => sources.indexOf(a.source) - sources.indexOf(b.source) || a.line - b.line || a.column - b.column,
  );
}
