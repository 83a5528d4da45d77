import { knownSettings } from '../../domain/configuration/acting-settings.ts';
import {
  COMPILED_FORMAT,
  type CompiledConfiguration,
  type CompiledPause,
  type CompiledSettings,
  type NamedPart,
  type Refusal,
} from '../../domain/configuration/compiled.ts';
import {
  judgeCalendar,
  judgeCondition,
  judgeSettings,
  pauseValue,
  type Verdict,
} from '../../domain/configuration/judge.ts';
import {
  CALENDARS,
  CONDITIONS,
  deletedCalendarProblem,
  isMeantAsPause,
  nameProblem,
  PAUSE,
  POLICIES,
  SETTINGS,
} from '../../domain/configuration/parameter-name.ts';
import { defined, isObject } from '../../domain/json.ts';
import { namesCalendar } from '../../domain/policy/named-calendar.ts';
import { DEFAULT_SETTINGS } from '../../domain/settings.ts';
import type { CompilerPorts, Parameter, PublishedConfiguration } from './ports.ts';
import { type Resolved, resolve, since } from './resolve.ts';

/** A policy may be in force by a version that SSM's history holds, and the history cannot be read. */
export class HistoryUnreadableError extends Error {
  override readonly name = 'HistoryUnreadableError';

  constructor(parameter: string) {
    super(`${parameter} is invalid, and its history cannot be read: its last valid version would get lost.`);
  }
}

type CompilePorts = Pick<CompilerPorts, 'parameters' | 'telemetry' | 'clock' | 'verdicts'>;

/** What decides about calls. It is compiled before the policies, of which there may be many. */
export interface CompiledState {
  readonly settings: Resolved;
  readonly pause?: CompiledPause;
}

/**
 * Compiles what decides about calls: the settings and the kill switch.
 *
 * @param published - what is in force so far; undefined before the first publication.
 */
export async function compileState(
  parameters: readonly Parameter[],
  published: PublishedConfiguration | undefined,
  ports: CompilePorts,
): Promise<CompiledState> {
  const find = (wanted: string) => parameters.find(({ name }) => name === wanted);
  const settings = await resolveSettings(find(SETTINGS), published, ports);
  const pause = pauseOf(
    find(PAUSE) ?? parameters.find(({ name }) => isMeantAsPause(name)),
    published?.pause,
    ports.clock.now(),
  );
  return defined({ settings, pause });
}

/**
 * Compiles the configuration from the parameters: what is valid is in force; of what is invalid, the last valid version
 * stays in force. Each parameter is judged by itself, so that none affects another.
 *
 * @param published - what is in force so far; undefined before the first publication.
 * @param state - of the same parameters.
 * @throws HistoryUnreadableError when a policy that was in force could get lost.
 */
export async function compile(
  parameters: readonly Parameter[],
  published: PublishedConfiguration | undefined,
  { settings, pause }: CompiledState,
  ports: CompilePorts,
): Promise<CompiledConfiguration> {
  const previous = published?.compiled;
  const known = (settings.part && knownSettings(settings.part.source)) ?? DEFAULT_SETTINGS;
  const calendars = await resolveFamily(
    CALENDARS,
    parameters,
    (name, text) => ports.verdicts.ofText(`${CALENDARS}${name}`, text, () => judgeCalendar(name, text)),
    previous?.calendars,
    previous,
    ports,
  );
  const existing = calendars.map(({ name, part }) => ({ name, source: part?.source }));
  const conditions = await resolveFamily(
    CONDITIONS,
    parameters,
    (name, text) => ports.verdicts.ofText(`${CONDITIONS}${name}`, text, () => judgeCondition(name, text)),
    previous?.conditions,
    previous,
    ports,
  );
  const policies = await resolveFamily(
    POLICIES,
    parameters,
    (name, text) => ports.verdicts.of(name, text, known, existing),
    previous?.policies,
    previous,
    ports,
  );
  const inForce = inForceOf(policies);
  const kept = stillNamed(previous?.calendars ?? [], calendars, inForce, previous, ports);
  const compiled = {
    policies: inForce,
    calendars: [...inForceOf(calendars), ...kept.parts].toSorted(byName),
    conditions: inForceOf(conditions),
  };
  return defined({
    format: COMPILED_FORMAT as typeof COMPILED_FORMAT,
    ...compiled,
    ...ports.verdicts.factsOf(compiled),
    settings: settings.part,
    pause,
    refused: [
      ...[settings, ...calendars, ...conditions, ...policies].flatMap(({ refusal }) => refusal ?? []),
      ...kept.refusals,
      ...misnamed(parameters, previous, ports),
    ].toSorted((a, b) => compareTexts(a.parameter, b.parameter)),
  });
}

type ResolvedOne = Resolved & { readonly name: string };

/**
 * Resolves the parameters of one kind, whose names begin alike.
 *
 * @throws HistoryUnreadableError when one that was in force could get lost.
 */
async function resolveFamily(
  prefix: string,
  parameters: readonly Parameter[],
  judge: (name: string, text: string) => Verdict,
  partsBefore: readonly NamedPart[] | undefined,
  previous: CompiledConfiguration | undefined,
  ports: CompilePorts,
): Promise<ResolvedOne[]> {
  const before = new Map(partsBefore?.map((part) => [part.name, part]));
  const resolved: ResolvedOne[] = [];
  // One after the other: the history of each invalid one is a request, and SSM grants few.
  for (const parameter of parameters.filter(({ name }) => name.startsWith(prefix)).toSorted(byName)) {
    const name = parameter.name.slice(prefix.length);
    const judgeText = (text: string) => judge(name, text);
    const one = await resolve(parameter, judgeText, before.get(name), previous?.refused, ports);
    if (one.refusal?.isHistoryKnown === false && !previous) {
      throw new HistoryUnreadableError(parameter.name);
    }
    resolved.push({ name, ...one });
  }
  return resolved;
}

function inForceOf(resolved: readonly ResolvedOne[]): NamedPart[] {
  return resolved.flatMap(({ name, part }) => (part ? { name, ...part } : []));
}

/**
 * The calendars that were deleted although policies in force name them. They stay in force, and each has a problem:
 * without them these policies could not decide.
 */
function stillNamed(
  before: readonly NamedPart[],
  calendars: readonly ResolvedOne[],
  policies: readonly NamedPart[],
  previous: CompiledConfiguration | undefined,
  { clock }: Pick<CompilePorts, 'clock'>,
): { readonly parts: readonly NamedPart[]; readonly refusals: readonly Refusal[] } {
  const deleted = before.filter(({ name }) => !calendars.some((one) => one.name === name));
  const parts = deleted.filter(({ name }) => policies.some(({ source }) => namesCalendar(source, name)));
  const refusals = parts.map(({ name, version }): Refusal => {
    const parameter = `${CALENDARS}${name}`;
    const users = policies.filter(({ source }) => namesCalendar(source, name)).map((policy) => policy.name);
    return {
      parameter,
      version,
      problems: [deletedCalendarProblem(parameter, users)],
      problemCount: 1,
      since: previous?.refused.find((refusal) => refusal.parameter === parameter)?.since ?? clock.now(),
      inForce: version,
      isHistoryKnown: true,
    };
  });
  return { parts, refusals };
}

/**
 * The settings. Deleting the parameter never resumes: where the settings stopped all calls, they remain stopped until
 * a valid text says otherwise. Otherwise the defaults are in force without a parameter.
 */
async function resolveSettings(
  parameter: Parameter | undefined,
  published: PublishedConfiguration | undefined,
  ports: CompilePorts,
): Promise<{ readonly part?: CompiledSettings; readonly refusal?: Refusal }> {
  const before = published?.settings;
  if (!parameter) {
    const stopped = published !== undefined && (!before || before.isUncertain || isPaused(before));
    return { part: since({ source: stopped ? { pause: true } : {}, version: 0 }, before, ports.clock.now()) };
  }
  // The defaults of a parameter that did not exist are no valid version of it: its first text may be a pause with a typo.
  const lastValid = before && (before.version > 0 || isPaused(before)) ? before : undefined;
  const { part, refusal } = await resolve(
    parameter,
    (text) => ports.verdicts.ofText(SETTINGS, text, judgeSettings),
    lastValid,
    published?.compiled?.refused,
    ports,
  );
  if (!part) return defined({ refusal });
  const isUncertain = refusal !== undefined && !refusal.isHistoryKnown;
  return defined({ part: isUncertain ? { ...part, isUncertain } : part, refusal });
}

/** The parameters that nothing reads since their names are not quite right. */
function misnamed(
  parameters: readonly Parameter[],
  previous: CompiledConfiguration | undefined,
  { clock }: Pick<CompilerPorts, 'clock'>,
): Refusal[] {
  return parameters.flatMap(({ name, version }) => {
    const problem = nameProblem(name);
    if (!problem) return [];
    const before = previous?.refused.find((refusal) => refusal.parameter === name);
    const since = before?.since ?? clock.now();
    return [{ parameter: name, version, problems: [problem], problemCount: 1, since, isHistoryKnown: true }];
  });
}

function isPaused({ source }: CompiledSettings): boolean {
  return isObject(source) && source.pause === true;
}

function pauseOf(
  parameter: Parameter | undefined,
  before: CompiledPause | undefined,
  now: number,
): CompiledPause | undefined {
  return (
    parameter && {
      version: parameter.version,
      since: before?.since ?? now,
      value: parameter.isEncrypted ? 'a SecureString, whose text is encrypted' : pauseValue(parameter.text),
    }
  );
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return compareTexts(a.name, b.name);
}

/** Names differ: a parameter has one of its own. */
function compareTexts(a: string, b: string): number {
  return a < b ? -1 : 1;
}
