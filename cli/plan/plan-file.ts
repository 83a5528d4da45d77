import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import * as z from 'zod/mini';
import type { CommandIo } from '../command-io.ts';
import { AwsError, UsageError } from '../errors.ts';
import { formatLocation } from '../parameters/location.ts';
import { hashOf } from '../parameters/manifest.ts';
import type { Snapshot } from '../parameters/parameter-store.ts';
import type { PreparedPush, PushOptions } from '../parameters/prepare-push.ts';
import { asUsageError, readTextFile } from '../sources/read.ts';
import { parameterName, type Source } from '../sources/source.ts';

const ABOUT = 'A plan of escalator. escalator push --plan does exactly this, or stops.';

const planFileSchema = z.object({
  about: z.string(),
  planVersion: z.literal(1),
  /** The path of the files, as it was given. */
  path: z.string(),
  target: z.object({ account: z.string(), region: z.string(), prefix: z.string() }),
  options: z.object({
    prune: z.optional(z.boolean()),
    force: z.optional(z.boolean()),
    endPause: z.optional(z.boolean()),
  }),
  /** What the files held, by the name of the parameter. */
  files: z.record(z.string(), z.string()),
  /** What SSM had, by the name of the parameter. */
  parameters: z.record(z.string(), z.object({ version: z.number(), sha256: z.string() })),
  writes: z.array(z.string()),
  deletions: z.array(z.string()),
});

/** What `plan --out` writes: what a push may do, and what it was worked out from. */
export type PlanFile = z.infer<typeof planFileSchema>;

/**
 * What a plan says of a push.
 *
 * @throws AwsError when the account is not known, so that nobody could tell whether a push is for the same one.
 */
export function planFileOf(path: string, options: PushOptions, prepared: PreparedPush): PlanFile {
  const { account, region, prefix } = prepared.snapshot.location;
  if (account === undefined) {
    throw new AwsError(
      `The account is not known, since nothing exists below ${prefix} there. Deploy the stack first, or push without a plan.`,
    );
  }
  const { prune, force, endPause } = options;
  return {
    about: ABOUT,
    planVersion: 1,
    path,
    target: { account, region, prefix },
    options: { ...(prune && { prune }), ...(force && { force }), ...(endPause && { endPause }) },
    files: hashes(prepared.desired),
    parameters: Object.fromEntries(
      prepared.snapshot.parameters.map((one) => [
        parameterName(one),
        { version: one.version, sha256: hashOf(one.text) },
      ]),
    ),
    ...actionsOf(prepared),
  };
}

export async function writePlanFile(file: string, plan: PlanFile, io: Pick<CommandIo, 'cwd'>): Promise<void> {
  await asUsageError(file, () => writeFile(resolve(io.cwd, file), `${JSON.stringify(plan, null, 2)}\n`));
}

/** @throws UsageError when the file cannot be read, or is not a plan. */
export async function readPlanFile(file: string, io: Pick<CommandIo, 'cwd'>): Promise<PlanFile> {
  const text = await readTextFile(file, io.cwd);
  try {
    return planFileSchema.parse(JSON.parse(text));
  } catch {
    throw new UsageError(
      `${file} is not a plan of this version of escalator. Make one: escalator plan --out ${file}.`,
    );
  }
}

/** How the files and what SSM has differ from those of a plan, one sentence each; empty: they do not. */
export function differencesFromPlan(
  plan: PlanFile,
  desired: readonly Source[],
  { location, parameters }: Pick<Snapshot, 'location' | 'parameters'>,
): string[] {
  const { account, region, prefix } = plan.target;
  if (location.account !== account || location.region !== region || location.prefix !== prefix) {
    return [`The plan is for ${formatLocation(plan.target)}, and this push for ${formatLocation(location)}.`];
  }
  const stored = new Map(parameters.map((one) => [parameterName(one), one]));
  const files = new Map(desired.map((one) => [parameterName(one), one]));
  const planned = new Map(Object.entries(plan.files));
  return [
    ...Object.entries(plan.parameters).flatMap(([name, { version, sha256 }]) => {
      const found = stored.get(name);
      if (!found) return [`${prefix}/${name} was deleted since the plan, which has version ${version}.`];
      if (found.version === version && hashOf(found.text) === sha256) return [];
      return [`${prefix}/${name} has version ${found.version}; the plan has version ${version}.`];
    }),
    ...[...stored.keys()]
      .filter((name) => !Object.hasOwn(plan.parameters, name))
      .map((name) => `${prefix}/${name} was created since the plan.`),
    ...[...planned].flatMap(([name, sha256]) => {
      const found = files.get(name);
      if (!found) return [`The file of ${name} is missing; the plan has it.`];
      return hashOf(found.text) === sha256 ? [] : [`${found.file} was changed since the plan.`];
    }),
    ...[...files]
      .filter(([name]) => !planned.has(name))
      .map(([, { file }]) => `${file} is new since the plan.`),
  ];
}

/** What a push does besides, or instead of, what its plan says: what another machine knows of earlier pushes differs. */
export function otherActions(plan: PlanFile, prepared: Pick<PreparedPush, 'writes' | 'deletions'>): string[] {
  const actions = actionsOf(prepared);
  const differ = (kind: 'writes' | 'deletions', verb: string) => [
    ...actions[kind]
      .filter((name) => !plan[kind].includes(name))
      .map((name) => `The push would ${verb} ${name}; the plan does not.`),
    ...plan[kind]
      .filter((name) => !actions[kind].includes(name))
      .map((name) => `The plan would ${verb} ${name}; the push does not.`),
  ];
  return [...differ('writes', 'write'), ...differ('deletions', 'delete')];
}

function actionsOf({ writes, deletions }: Pick<PreparedPush, 'writes' | 'deletions'>) {
  return {
    writes: writes.map(({ parameter }) => parameter),
    deletions: deletions.map(parameterName),
  };
}

function hashes(sources: readonly Source[]): Record<string, string> {
  return Object.fromEntries(sources.map((source) => [parameterName(source), hashOf(source.text)]));
}
