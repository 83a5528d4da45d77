import type { ContactEventEnvelope } from '../../sim/centre/index.ts';
import { FunctionPool } from '../../sim/dst/function-pool.ts';
import type { Process } from '../../sim/dst/process.ts';
import { invokeAsync } from '../../sim/virtual/invoke-async.ts';
import { TIERS, type Tier } from './load.ts';
import { queuedContact } from './queued-detail.ts';
import { CallFailedError, SdkClient } from './sdk-client.ts';
import type { Design, Testbed } from './testbed.ts';

/** The execution of a contact. */
interface Execution {
  readonly contactId: string;
  readonly tier: Tier;
  readonly enqueuedAt: number;
  /** The position of the next step. */
  index: number;
  /** The attempts at that step that failed. */
  failures: number;
  /** Ended from outside, because the contact has left. */
  isStopped: boolean;
}

/** How an invocation ends: the execution goes on after a wait in whole seconds, or is complete. */
type Suspension = { readonly resumeAfterSeconds: number } | 'complete';

/**
 * The default retry strategy of a step: six attempts, with full jitter.
 *
 * Source: AWS durable execution SDK reference, "Retry presets".
 */
const RETRY = { attempts: 6, initialSeconds: 5, maxSeconds: 60, backoffRate: 2 } as const;

const TIMEOUT_MS = 30_000;

/**
 * A durable execution for each contact, as Lambda durable functions have them: it waits for the next step without
 * running, calls Connect in a step that is repeated when it fails, and goes on from its last checkpoint. A contact that
 * leaves has its execution stopped. A step that the next one has superseded is skipped.
 */
export const durableWorkflow: Design = (testbed) => {
  const executions = new Map<string, Execution>();
  const workflow = new FunctionPool(
    'workflow',
    TIMEOUT_MS,
    testbed,
    (process) => new SdkClient(process, testbed, 'standard', 0),
  );
  const stopper = new FunctionPool('stopper', TIMEOUT_MS, testbed, () => undefined);

  function resume(execution: Execution, afterMs: number): void {
    testbed.time.after(afterMs, () => {
      if (execution.isStopped) return;
      const invoke = async () => {
        const end = await workflow.invoke((client, process) => runSteps(execution, client, process, testbed));
        if (end !== 'complete') resume(execution, end.resumeAfterSeconds * 1_000);
      };
      invokeAsync(invoke, () => {}, testbed.time);
    });
  }

  function stop(contactId: string): void {
    const invoke = () =>
      stopper.invoke((_, process) =>
        process.request('stop the execution', () => {
          const execution = executions.get(contactId);
          if (execution) execution.isStopped = true;
        }),
      );
    invokeAsync(invoke, () => {}, testbed.time);
  }

  return (event: ContactEventEnvelope) => {
    testbed.time.after(testbed.latencies.eventMs(), () => {
      const contact = queuedContact(event);
      if (!contact) return stop(event.detail.contactId);
      // The name of an execution is the contact: a repeated event starts no second one.
      if (executions.has(contact.contactId)) return;
      const execution = { ...contact, index: 0, failures: 0, isStopped: false };
      executions.set(contact.contactId, execution);
      resume(execution, 0);
    });
  };
};

/** Runs an execution until it has to wait. */
async function runSteps(
  execution: Execution,
  client: SdkClient,
  process: Process,
  { random }: Testbed,
): Promise<Suspension> {
  const { contactId, tier, enqueuedAt } = execution;
  const { steps } = TIERS[tier];
  const dueAt = (index: number) =>
    enqueuedAt + (steps[index]?.afterSeconds ?? Number.POSITIVE_INFINITY) * 1_000;
  for (let step = steps[execution.index]; step; step = steps[execution.index]) {
    // Lambda accepts no checkpoint of an execution that was stopped.
    const isStopped = await process.request('checkpoint', () => execution.isStopped);
    if (isStopped) return 'complete';
    const waitMs = dueAt(execution.index) - process.now;
    if (waitMs > 0) return { resumeAfterSeconds: Math.ceil(waitMs / 1_000) };
    if (process.now < dueAt(execution.index + 1)) {
      const failure = await attempt(() => client.setPriority(contactId, step.priority));
      if (failure === 'gone') return 'complete';
      if (failure !== undefined && failure !== 'invalid') {
        execution.failures += 1;
        if (execution.failures < RETRY.attempts)
          return { resumeAfterSeconds: retryDelay(execution.failures, random) };
      }
    }
    execution.index += 1;
    execution.failures = 0;
  }
  return 'complete';
}

/** What a call failed with; undefined when it succeeded. */
async function attempt(call: () => Promise<void>): Promise<CallFailedError['kind'] | undefined> {
  try {
    await call();
    return undefined;
  } catch (error) {
    if (error instanceof CallFailedError) return error.kind;
    throw error;
  }
}

/** At least a second, which is the shortest wait of a durable execution. */
function retryDelay(failures: number, random: () => number): number {
  const most = Math.min(RETRY.maxSeconds, RETRY.initialSeconds * RETRY.backoffRate ** (failures - 1));
  return Math.max(1, Math.ceil(random() * most));
}
