import type { SimulateHeldOutRuns } from '../../sim/backtest/back-test.ts';
import type { Scopes } from '../../sim/backtest/back-test-plan.ts';
import type { RunFigures } from '../../sim/backtest/simulate-held-out.ts';
import type { Progress } from '../progress.ts';
import type { HeldOutTask, SetTexts } from '../threads/messages.ts';
import type { ThreadPool } from '../threads/thread-pool.ts';

/** Simulates the runs of a back-test on the cores of a pool. */
export function simulateOn(
  pool: ThreadPool,
  scopes: Scopes,
  set: SetTexts,
  progress: Progress,
): SimulateHeldOutRuns {
  return async (scenario, keys) => {
    const tasks = keys.map((key): HeldOutTask => ({ scenario, set, key, scopes }));
    const runs: RunFigures[] = [];
    await pool.run(tasks, (_index, figures) => {
      runs.push(figures);
      progress.show(`Simulated ${runs.length} of ${tasks.length} runs`);
    });
    return runs;
  };
}
