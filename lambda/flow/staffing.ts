import { CLOCK_SKEW_MS } from '../domain/deployment-constants.ts';
import type { StaffingRequest } from '../domain/messages/rule-message.ts';
import { queueStateKey } from '../domain/queue/queue-state.ts';
import {
  MAX_EXPRESSIONS,
  type Staffing,
  staffedFor,
  unreadExpressions,
  withFigures,
} from '../domain/queue/staffing.ts';
import type { Configuration, LoadMetrics, OutgoingMessage, Telemetry } from './ports.ts';
import { type ChangeQueuePorts, changeQueueState } from './queue-state.ts';

/** What reading how many agents are staffed needs from outside. */
export interface StaffingPorts extends ChangeQueuePorts {
  readonly metrics: Pick<LoadMetrics, 'staffed'>;
  readonly telemetry: Pick<Telemetry, 'staffingUnreadable'>;
}

type Wanted = Pick<StaffingRequest, 'instanceId' | 'queueArn' | 'expressions'>;

/**
 * The message that has figures of a queue read, by the one function that may ask Connect for them.
 *
 * @param expressions - those that the decision about a contact depends on. Figures that are fresh are not read again.
 * @returns undefined where all figures are fresh.
 */
export function staffingRequest(
  { instanceId, queueArn, expressions }: Wanted,
  staffing: Staffing,
  now: number,
): OutgoingMessage | undefined {
  const unread = unreadExpressions(staffing, expressions, now);
  if (unread.length === 0) return undefined;
  return { body: { type: 'staffing', instanceId, queueArn, expressions: unread }, delaySeconds: 0 };
}

/**
 * Reads how many agents of a queue are staffed for expressions of routes, and has the contacts reconciled that wait
 * there. Of several messages about one expression, the first one reads it. While the kill switch is on it does nothing.
 *
 * What Connect does not answer is reported and not asked for again: the routes stay whole.
 *
 * @throws what the table answers.
 */
export async function readStaffing(
  { instanceId, queueArn, expressions }: Wanted,
  { policies, settings }: Pick<Configuration, 'policies' | 'settings'>,
  ports: StaffingPorts,
): Promise<void> {
  const { queueStates, clock, metrics, telemetry } = ports;
  if (!policies.skipsUnstaffed || settings.pause) return;
  const { state: before } = await queueStates.load(queueArn);
  const unread = unreadExpressions(before.staffing ?? {}, expressions, clock.now()).slice(0, MAX_EXPRESSIONS);
  if (unread.length === 0) return;
  let found: ReadonlyMap<string, number>;
  try {
    found = await metrics.staffed(instanceId, queueStateKey(queueArn), unread);
  } catch (error) {
    telemetry.staffingUnreadable(queueArn, error);
    return;
  }
  if (found.size === 0) return;
  await changeQueueState(
    queueArn,
    (state, now) => ({ ...state, staffing: withFigures(state.staffing ?? {}, found, now) }),
    (before, after) => (hasNews(before.staffing, after.staffing) ? [queueArn] : []),
    ports,
  );
}

/**
 * Whether figures may change what is decided for a contact. The same figure, read again, changes nothing, unless the one
 * before was too old to be used: then contacts wait for it.
 */
function hasNews(before: Staffing = {}, after: Staffing = {}): boolean {
  return Object.entries(after).some(
    ([one, { staffed, at }]) => staffedFor(before, one, at + CLOCK_SKEW_MS) !== staffed,
  );
}
