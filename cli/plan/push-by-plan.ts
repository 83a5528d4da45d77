import type { CommandIo } from '../command-io.ts';
import { EXIT, type ExitCode, UsageError } from '../errors.ts';
import { type PushOptions, preparePush } from '../parameters/prepare-push.ts';
import { pushPrepared } from '../parameters/push.ts';
import { differencesFromPlan, otherActions, type PlanFile, readPlanFile } from './plan-file.ts';

export interface PushPlanOptions extends PushOptions {
  /** The file of the plan. */
  readonly plan?: string;
}

/**
 * `escalator push --plan`: does exactly what a plan says, or stops and says what differs. What the plan deletes is deleted
 * without a question: the plan shows it.
 *
 * @param path - of the files. Default: that of the plan.
 */
export async function pushByPlan(
  file: string,
  path: string | undefined,
  options: PushPlanOptions,
  io: CommandIo,
): Promise<ExitCode> {
  refuseOtherOptions(options);
  const plan = await readPlanFile(file, io);
  const planned: PushOptions = { ...options, ...plan.options, yes: true };
  const prepared = await preparePush(path ?? plan.path, planned, io, (desired, snapshot) =>
    withAdvice(differencesFromPlan(plan, desired, snapshot), file, plan),
  );
  if (!prepared) return EXIT.problems;
  const others = withAdvice(otherActions(plan, prepared), file, plan);
  for (const sentence of others) io.err(`${sentence}\n`);
  return others.length > 0 ? EXIT.problems : pushPrepared(prepared, planned, io);
}

/** The plan says what is deleted and replaced. */
function refuseOtherOptions({ prune, force, endPause }: PushOptions): void {
  if (!(prune || force || endPause)) return;
  throw new UsageError(
    '--plan does exactly what the plan says: pass --prune, --force and --end-pause to escalator plan instead.',
  );
}

function withAdvice(differences: readonly string[], file: string, { path }: PlanFile): string[] {
  if (differences.length === 0) return [];
  return [...differences, `Nothing was written. Make a new plan: escalator plan ${path} --out ${file}.`];
}
