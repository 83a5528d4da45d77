import { expectedContacts } from '../../sim/scenario/index.ts';
import {
  type OnProgress,
  Simulation,
  type SimulationOptions,
  type SimulationResult,
} from '../../sim/simulation/index.ts';
import type { SetTexts } from '../threads/messages.ts';
import { createThreadPool } from '../threads/thread-pool.ts';

/** Less work, in contacts, takes no longer on one core: threads need a while to start. */
const MIN_CONTACTS = 20_000;

/**
 * Simulates policy sets on several cores. The result is that of `simulate`, byte for byte.
 *
 * @param texts - those of the sets, in the same order.
 * @param minContacts - with fewer contacts in all runs, one core does the work.
 */
export async function simulateOnCores(
  options: SimulationOptions,
  texts: readonly SetTexts[],
  cores: number,
  onProgress: OnProgress,
  minContacts = MIN_CONTACTS,
): Promise<SimulationResult> {
  const { scenario } = options;
  const simulation = new Simulation(options);
  const { setRuns } = simulation;
  const withoutPolicies: SetTexts = { sources: [], settings: scenario.settings };
  const tasks = setRuns.map((setRun) => {
    const { key, thresholds = [] } = simulation.task(setRun);
    return { scenario, set: texts[setRun.set] ?? withoutPolicies, key, thresholds };
  });
  const contacts = expectedContacts(scenario) * tasks.length;
  const pool = createThreadPool(contacts < minContacts ? 1 : cores);
  const shares = setRuns.map(() => 0);
  let done = 0;
  try {
    await pool.run(
      tasks,
      (index, outcome) => {
        const setRun = setRuns[index];
        if (setRun) simulation.absorb(setRun, outcome);
      },
      (index, share) => {
        done += share - (shares[index] ?? 0);
        shares[index] = share;
        onProgress(done / tasks.length);
      },
    );
  } finally {
    await pool.close();
  }
  return simulation.result();
}
