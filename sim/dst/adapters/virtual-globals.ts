import { scaledDate } from '../../../local/time/scaled-date.ts';
import type { ScheduledEvent } from '../../centre/event-queue.ts';
import type { Random } from '../../random.ts';
import type { VirtualTime } from '../../virtual/virtual-time.ts';

/** A timer as Node.js returns it, as far as the SDK uses it. */
class VirtualTimer {
  readonly event: ScheduledEvent;

  constructor(event: ScheduledEvent) {
    this.event = event;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  hasRef(): boolean {
    return true;
  }
}

/**
 * Runs an action in virtual time: until it ends, `Date`, `setTimeout`, `Math.random` and the environment variables are
 * those of the run. The adapters, the SDK and Powertools read the global ones.
 *
 * @param clockSkewMs - how far the clock of the functions is ahead of the run's.
 * @param random - for the back-off of the SDK and of the adapters.
 */
export async function inVirtualTime<T>(
  time: VirtualTime,
  clockSkewMs: number,
  random: Random,
  environment: Readonly<Record<string, string>>,
  action: () => Promise<T>,
): Promise<T> {
  const { clearTimeout: realClearTimeout } = globalThis;
  const restore = [
    replaceMembers(globalThis, {
      Date: scaledDate(Date, () => time.now + clockSkewMs),
      setTimeout: (callback: (...values: unknown[]) => void, delayMs = 0, ...values: unknown[]) =>
        new VirtualTimer(time.after(delayMs, () => callback(...values))),
      clearTimeout(timer: unknown) {
        if (timer instanceof VirtualTimer) time.cancel(timer.event);
        else realClearTimeout(timer as Parameters<typeof realClearTimeout>[0]);
      },
    }),
    replaceMembers(Math, { random }),
    replaceEnvironment(environment),
  ];
  try {
    return await action();
  } finally {
    for (const undo of restore) undo();
  }
}

function replaceMembers<T extends object>(target: T, replacements: object): () => void {
  const names = Object.keys(replacements) as (keyof T)[];
  const originals = Object.fromEntries(names.map((name) => [name, target[name]]));
  Object.assign(target, replacements);
  return () => Object.assign(target, originals);
}

function replaceEnvironment(variables: Readonly<Record<string, string>>): () => void {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, variables);
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
}
