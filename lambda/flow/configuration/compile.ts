import { buildPolicies, knownSettings, type SettingsInForce } from '../../domain/configuration/build.ts';
import {
  COMPILED_FORMAT,
  type CompiledConfiguration,
  type CompiledPart,
  type CompiledPause,
  type CompiledSettings,
  type Refusal,
} from '../../domain/configuration/compiled.ts';
import { judgeSettings, pauseValue, type Verdict } from '../../domain/configuration/judge.ts';
import {
  isMeantAsPause,
  nameProblem,
  PAUSE,
  POLICIES,
  SETTINGS,
} from '../../domain/configuration/parameter-name.ts';
import { defined, isObject, sameJson } from '../../domain/json.ts';
import type { StoredNames } from '../../domain/policy/policy-set.ts';
import { DEFAULT_SETTINGS } from '../../domain/settings.ts';
import type { CompilerPorts, Parameter, ParameterVersion, PublishedConfiguration } from './ports.ts';

/** A policy may be in force by a version that SSM's history holds, and the history cannot be read. */
export class HistoryUnreadableError extends Error {
  override readonly name = 'HistoryUnreadableError';
  /** What decides about calls: it is known all the same, and must not wait. */
  readonly state: SettingsInForce;

  constructor(parameter: string, state: SettingsInForce) {
    super(`${parameter} is invalid, and its history cannot be read: its last valid version would get lost.`);
    this.state = state;
  }
}

/** What is in force of one parameter, and whether its current version was refused. */
interface Resolved {
  readonly part?: CompiledPart;
  readonly refusal?: Refusal;
}

type Judge = (text: string) => Verdict;

type CompilePorts = Pick<CompilerPorts, 'parameters' | 'telemetry' | 'clock' | 'verdicts'>;

/**
 * Compiles the configuration from the parameters: what is valid is in force; of what is invalid, the last valid version
 * stays in force. Each parameter is judged by itself, so that none affects another.
 *
 * @param published - what is in force so far; undefined before the first publication.
 * @throws HistoryUnreadableError when a policy that was in force could get lost.
 */
export async function compile(
  parameters: readonly Parameter[],
  published: PublishedConfiguration | undefined,
  ports: CompilePorts,
): Promise<CompiledConfiguration> {
  const previous = published?.compiled;
  const find = (wanted: string) => parameters.find(({ name }) => name === wanted);
  const settings = await resolveSettings(find(SETTINGS), published, ports);
  const pause = pauseOf(
    find(PAUSE) ?? parameters.find(({ name }) => isMeantAsPause(name)),
    published?.pause,
    ports.clock.now(),
  );
  const known = (settings.part && knownSettings(settings.part.source)) ?? DEFAULT_SETTINGS;
  const policies = parameters.filter(({ name }) => name.startsWith(POLICIES)).toSorted(byName);
  const before = new Map(previous?.policies.map((policy) => [policy.name, policy]));
  const resolved = [];
  // One after the other: the history of each invalid one is a request, and SSM grants few.
  for (const parameter of policies) {
    const name = parameter.name.slice(POLICIES.length);
    const judge = (text: string) => ports.verdicts.of(name, text, known);
    const one = await resolve(parameter, judge, before.get(name), previous, ports);
    if (one.refusal?.isHistoryKnown === false && !previous) {
      throw new HistoryUnreadableError(parameter.name, defined({ settings: settings.part, pause }));
    }
    resolved.push({ name, ...one });
  }
  const inForce = resolved.flatMap(({ name, part }) => (part ? { name, ...part } : []));
  return defined({
    format: COMPILED_FORMAT as typeof COMPILED_FORMAT,
    policies: inForce,
    names: namesOf(inForce),
    settings: settings.part,
    pause,
    refused: [
      ...[settings, ...resolved].flatMap(({ refusal }) => refusal ?? []),
      ...misnamed(parameters, previous, ports),
    ].toSorted((a, b) => compareTexts(a.parameter, b.parameter)),
  });
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
  const { part, refusal } = await resolve(parameter, judgeSettings, lastValid, published?.compiled, ports);
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

/** What the policies name of contacts. */
function namesOf(policies: CompiledConfiguration['policies']): StoredNames {
  const { tagNames, segmentAttributePaths } = buildPolicies({ policies }).policies;
  return { tagNames, segmentAttributePaths };
}

function isPaused({ source }: CompiledSettings): boolean {
  return isObject(source) && source.pause === true;
}

async function resolve(
  parameter: Parameter,
  judge: Judge,
  before: CompiledPart | undefined,
  previous: CompiledConfiguration | undefined,
  ports: CompilePorts,
): Promise<Resolved> {
  const { name, text, version } = parameter;
  const now = ports.clock.now();
  const verdict = judge(text);
  if (!verdict.problems) return { part: since({ source: verdict.source, version }, before, now) };
  const refusedBefore = previous?.refused.find((refusal) => refusal.parameter === name);
  const isSame = refusedBefore?.version === version && sameJson(refusedBefore.problems, verdict.problems);
  const history =
    isSame && refusedBefore.isHistoryKnown ? [] : await versionsBetween(parameter, before, judge, ports);
  const part = newestValid(history ?? [], judge, before, now) ?? (before && stripped(before));
  return defined({
    part,
    refusal: defined({
      parameter: name,
      version,
      problems: verdict.problems,
      problemCount: verdict.problemCount,
      since: isSame ? refusedBefore.since : now,
      inForce: part?.version,
      isHistoryKnown: history !== undefined,
    }),
  });
}

/**
 * The versions between the one in force and the invalid one: somebody may have written several before this function
 * looked, and the newest valid one counts. A parameter that was deleted and created again has numbers anew.
 *
 * @returns undefined when the history cannot be read, although there may be such versions.
 */
async function versionsBetween(
  { name, version }: Parameter,
  before: CompiledPart | undefined,
  judge: Judge,
  { parameters, telemetry }: Pick<CompilerPorts, 'parameters' | 'telemetry'>,
): Promise<readonly ParameterVersion[] | undefined> {
  if (version <= 1) return [];
  try {
    const versions = (await parameters.history(name)).filter((one) => one.version < version);
    const isContinued = before && before.version <= version && !isRecreated(versions, before, judge);
    return isContinued ? versions.filter((one) => one.version > before.version) : versions;
  } catch (error) {
    telemetry.historyUnreadable(name, error);
    return before && before.version === version - 1 ? [] : undefined;
  }
}

/** Whether the version that is in force has another content by now: the parameter was deleted and created again. */
function isRecreated(
  versions: readonly ParameterVersion[],
  { version, source }: CompiledPart,
  judge: Judge,
): boolean {
  const same = versions.find((one) => one.version === version);
  const verdict = same && judge(same.text);
  return verdict !== undefined && !verdict.problems && !sameJson(verdict.source, source);
}

function newestValid(
  versions: readonly ParameterVersion[],
  judge: Judge,
  before: CompiledPart | undefined,
  now: number,
): CompiledPart | undefined {
  for (const { text, version } of versions.toSorted((a, b) => b.version - a.version)) {
    const verdict = judge(text);
    if (!verdict.problems) return since({ source: verdict.source, version }, before, now);
  }
  return undefined;
}

/** The part with the time since when its content has been in force. */
function since(
  part: Omit<CompiledPart, 'since'>,
  before: CompiledPart | undefined,
  now: number,
): CompiledPart {
  return { ...part, since: before && sameJson(before.source, part.source) ? before.since : now };
}

function stripped({ source, version, since }: CompiledPart): CompiledPart {
  return { source, version, since };
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
      value: pauseValue(parameter.text),
    }
  );
}

function byName(a: Parameter, b: Parameter): number {
  return compareTexts(a.name, b.name);
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
