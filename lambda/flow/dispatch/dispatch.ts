import { type ContactKey, keyOf, keyString } from '../../domain/contact/contact-key.ts';
import { DISPATCH_RESERVED_MS } from '../../domain/deployment-constants.ts';
import { scheduleReconcile } from '../wake-up.ts';
import { askForShadows } from './ask-for-shadows.ts';
import type { DispatchPorts } from './ports.ts';
import { INDEX_LAG_MS, RecentlyServed } from './recently-served.ts';
import { asIndexed, ROUND_SIZE, runRound } from './round.ts';
import { selectAlone, selectPending } from './select-pending.ts';
import { Suspects } from './suspects.ts';

/** Why an invocation of dispatch ended. */
export type DispatchEnd =
  /** Nothing is left to do. */
  | 'empty'
  /** The time was up; dispatch was notified, so that it continues in the next invocation. */
  | 'time-up'
  /** The time was up, and whatever the index listed had nothing to do now. The sweep notifies dispatch again. */
  | 'nothing-found'
  /** The kill switch is on; everything remains pending. */
  | 'kill-switch'
  /** Nothing is left to do but what Connect denied, which remains pending. */
  | 'denied';

/** After Connect denied an update, dispatch tries the contacts of its instance again so much later. */
const DENIED_RETRY_SECONDS = 60;

/** A longer wait is cut into parts: what becomes urgent, and other settings, must not wait for a slow rate. */
const MAX_WAIT_MS = 1_000;

/** Contacts of each list to read at a time, where all of those before were about to be reconciled. */
const MAX_PAGE_SIZE = 640;

/** A contact for which something failed is reconciled again so much later. */
const FAILED_RETRY_SECONDS = 10;

/**
 * What the function dispatch does with a batch: sends the pending updates until none is left or its time is up.
 *
 * @param named - contacts that the messages of the batch name.
 * @param remainingMs - how long the invocation may still take.
 */
export function dispatchBatch(
  named: readonly ContactKey[],
  ports: DispatchPorts,
  remainingMs: number,
): Promise<DispatchEnd> {
  return dispatchPending(named, ports, ports.clock.now() + remainingMs - DISPATCH_RESERVED_MS);
}

/**
 * Sends pending updates until none is left or the time is up: the instances share the quota evenly, and within one
 * instance the most urgent contact goes first. The contacts that messages name are read directly, besides those of the
 * pending index, which lags. Every round selects anew, so what becomes urgent meanwhile goes first. Contacts whose
 * update was in flight when a process ended come after the others. An instance of which Connect denies an update is left
 * alone for a minute: the others go on. Contacts that failed are reconciled again later; where not even that can be
 * arranged, the invocation fails, and its messages come again.
 *
 * @param named - contacts that messages say have work.
 * @param deadlineAt - no round starts after it; milliseconds since the epoch.
 */
export async function dispatchPending(
  named: readonly ContactKey[],
  ports: DispatchPorts,
  deadlineAt: number,
): Promise<DispatchEnd> {
  const { clock, outbox } = ports;
  const recentlyServed = new RecentlyServed();
  const suspects = new Suspects((clock.now() + deadlineAt) / 2);
  const failed = new Map<string, ContactKey>();
  const deniedInstances = new Set<string>();
  const indexShowsNamedAt = clock.now() + INDEX_LAG_MS;
  let pageSize = ROUND_SIZE;
  for (;;) {
    const settings = await ports.settings();
    if (settings.pause) return 'kill-switch';
    const startedAt = clock.now();
    const served = settings.instances ?? ports.instances;
    const instances = served.filter((instanceId) => !deniedInstances.has(instanceId));
    const unindexed = startedAt < indexShowsNamedAt ? named : [];
    const direct = unindexed.filter(
      (key) => instances.includes(key.instanceId) && !recentlyServed.has(key, startedAt),
    );
    const selection = await selectPending(
      direct,
      instances,
      recentlyServed,
      suspects,
      settings,
      ports,
      pageSize,
    );
    const { mostUrgent, spare, idle, hasNewSuspects } = selection;
    // A step that is due for thousands at once has them all idle for a moment: they must not be read ten at a time.
    pageSize = mostUrgent ? ROUND_SIZE : Math.min(2 * pageSize, MAX_PAGE_SIZE);
    recentlyServed.add(idle, clock.now());
    if (hasNewSuspects && clock.now() < deadlineAt) continue;
    const suspect = suspects.take(clock.now(), !mostUrgent);
    const next = suspect ?? mostUrgent;
    if (!next && spare.length > 0 && clock.now() < deadlineAt) {
      await askForShadows(spare, settings, ports);
      recentlyServed.add(
        spare.map(({ record }) => asIndexed(record)),
        clock.now(),
      );
      continue;
    }
    const isTimeUp = clock.now() >= deadlineAt;
    if (!next && (idle.length === 0 || isTimeUp)) {
      for (const key of failed.values()) {
        await scheduleReconcile(key, startedAt + FAILED_RETRY_SECONDS * 1_000, ports);
      }
      if (idle.length > 0) return 'nothing-found';
      return deniedInstances.size > 0 ? 'denied' : 'empty';
    }
    if (next && isTimeUp) {
      await outbox.notifyDispatch(next, `time-up@${clock.now()}`);
      return 'time-up';
    }
    if (suspect && deniedInstances.has(suspect.instanceId)) continue;
    const contacts = suspect ? await selectAlone(suspect, settings, ports) : selection;
    if (!contacts) continue;
    const round = await runRound(contacts, settings, ports);
    for (const key of round.denied) {
      if (deniedInstances.has(key.instanceId)) continue;
      deniedInstances.add(key.instanceId);
      await scheduleReconcile(key, clock.now() + DENIED_RETRY_SECONDS * 1_000, ports);
    }
    const now = clock.now();
    recentlyServed.add(round.finished, now);
    for (const key of round.finished) failed.delete(keyString(key));
    for (const key of round.failed) failed.set(keyString(key), keyOf(key));
    if (round.waitMs > 0) {
      await clock.sleep(Math.min(round.waitMs, MAX_WAIT_MS, Math.max(0, deadlineAt - now)));
    }
  }
}
