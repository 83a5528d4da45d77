import { createPolicySet } from '../../lambda/domain/policy/policy-set.ts';
import { simulateHeldOut } from '../../sim/backtest/simulate-held-out.ts';
import { type RunConfiguration, simulateRun } from '../../sim/simulation/index.ts';
import { isError, validateSources } from '../sources/validate.ts';
import type { OutcomeOf, SetTexts, ThreadTask } from './messages.ts';

const MAX_COMPILED = 100;

/** Simulates the run of a task. @throws TypeError when a text of the set is invalid. */
export function runTask<Task extends ThreadTask>(
  task: Task,
  onProgress?: (share: number) => void,
): OutcomeOf<Task>;
export function runTask(task: ThreadTask, onProgress?: (share: number) => void): OutcomeOf<ThreadTask> {
  const run = { ...task, set: configurationOf(task.set), ...(onProgress && { onProgress }) };
  return 'scopes' in run ? simulateHeldOut(run) : simulateRun(run);
}

/** What the thread compiled before, by the texts: most tasks are runs of a set that it has simulated. */
const compiled = new Map<string, RunConfiguration>();

function configurationOf(set: SetTexts): RunConfiguration {
  const key = JSON.stringify(set);
  const known = compiled.get(key);
  if (known) return known;
  if (compiled.size === MAX_COMPILED) compiled.clear();
  const configuration = compile(set);
  compiled.set(key, configuration);
  return configuration;
}

function compile({ sources, settings: otherSettings }: SetTexts): RunConfiguration {
  const { policies, conditions, settings, findings } = validateSources(sources, { settings: otherSettings });
  const problem = findings.find(isError);
  if (problem) throw new TypeError(`${problem.source.file} is not valid: ${problem.message}`);
  return { policies: createPolicySet(policies), conditions, settings };
}
