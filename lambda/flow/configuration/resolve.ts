import type { CompiledPart, Refusal } from '../../domain/configuration/compiled.ts';
import { judgeEncrypted, type Verdict } from '../../domain/configuration/judge.ts';
import { defined, sameJson } from '../../domain/json.ts';
import type { CompilerPorts, Parameter, ParameterVersion } from './ports.ts';

/** What is in force of one parameter, and whether its current version was refused. */
export interface Resolved {
  readonly part?: CompiledPart;
  readonly refusal?: Refusal;
}

type ResolvePorts = Pick<CompilerPorts, 'parameters' | 'telemetry' | 'clock'>;

/** Judges a text of one parameter. Never throws. */
export type Judge = (text: string) => Verdict;

/**
 * What is in force of a parameter: its current text if that is valid, otherwise its newest valid version.
 *
 * @param judgeText - judges a text of it, unless that is encrypted.
 * @param before - what was in force of it so far.
 * @param refusedBefore - what was refused so far.
 */
export async function resolve(
  parameter: Parameter,
  judgeText: Judge,
  before: CompiledPart | undefined,
  refusedBefore: readonly Refusal[] | undefined,
  ports: ResolvePorts,
): Promise<Resolved> {
  const { name, text, version } = parameter;
  const now = ports.clock.now();
  const judge = parameter.isEncrypted ? judgeEncrypted : judgeText;
  const verdict = judge(text);
  if (!verdict.problems) return { part: since(partOf(verdict, version), before, now) };
  const same = refusedBefore?.find((refusal) => refusal.parameter === name);
  const isSame = same?.version === version && sameJson(same.problems, verdict.problems);
  const history = isSame && same.isHistoryKnown ? [] : await versionsBetween(parameter, before, ports);
  const part = newestValid(history ?? [], judge, before, now) ?? (before && stripped(before));
  return defined({
    part,
    refusal: defined({
      parameter: name,
      version,
      problems: verdict.problems,
      problemCount: verdict.problemCount,
      since: isSame ? same.since : now,
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
  { parameters, telemetry }: Pick<CompilerPorts, 'parameters' | 'telemetry'>,
): Promise<readonly ParameterVersion[] | undefined> {
  if (version <= 1) return [];
  try {
    const versions = (await parameters.history(name)).filter((one) => one.version < version);
    // The one in force, too: where the parameter was deleted and created again, its number has another text by now.
    return before && before.version <= version
      ? versions.filter((one) => one.version >= before.version)
      : versions;
  } catch (error) {
    telemetry.historyUnreadable(name, error);
    return before && before.version === version - 1 ? [] : undefined;
  }
}

function newestValid(
  versions: readonly ParameterVersion[],
  judge: Judge,
  before: CompiledPart | undefined,
  now: number,
): CompiledPart | undefined {
  for (const { text, version } of versions.toSorted((a, b) => b.version - a.version)) {
    const verdict = judge(text);
    if (!verdict.problems) return since(partOf(verdict, version), before, now);
  }
  return undefined;
}

function partOf({ source, agents }: Exclude<Verdict, { readonly problemCount: number }>, version: number) {
  return { source, version, ...defined({ agents }) };
}

/** The part with the time since when its content has been in force. */
export function since(
  part: Omit<CompiledPart, 'since'>,
  before: CompiledPart | undefined,
  now: number,
): CompiledPart {
  const isSame = before && sameJson([before.source, before.agents], [part.source, part.agents]);
  return { ...part, since: isSame ? before.since : now };
}

function stripped({ source, agents, version, since }: CompiledPart): CompiledPart {
  return { source, version, since, ...defined({ agents }) };
}
