import { requestsOf } from '../../domain/outgoing-events/entry.ts';
import type { ConfigurationEvent } from '../../domain/outgoing-events/outgoing-event.ts';
import type { Settings } from '../../domain/settings.ts';
import type { EventBus, Telemetry } from '../ports.ts';
import type { CompilerPorts, UnreportedChange } from './ports.ts';

/** What reporting changes needs from outside. */
export interface ReportChangesPorts extends Pick<CompilerPorts, 'reported' | 'clock'> {
  readonly eventBus: EventBus;
  readonly telemetry: Pick<Telemetry, 'configured' | 'eventsUnsent'>;
  settings(): Promise<Pick<Settings, 'events'>>;
}

/**
 * What the sweep does with recorded changes: writes a log line for each and, if the settings choose `configured`, sends
 * an event. What EventBridge does not accept stays for the next sweep. A crash in between, or another process that
 * records meanwhile, repeats lines and events, with the same ids.
 *
 * @throws what DynamoDB answers.
 */
export async function reportChanges(ports: ReportChangesPorts): Promise<void> {
  const { reported: store, telemetry } = ports;
  const stored = await store.load();
  if (!stored || stored.reported.unreported.length === 0) return;
  const { reported, revision } = stored;
  for (const { line, isLogged } of reported.unreported) if (!isLogged) telemetry.configured(line);
  const { events } = await ports.settings();
  const left = events.includes('configured') ? await unsentOf(reported.unreported, ports) : [];
  const unreported = left.map((change) => ({ ...change, isLogged: true }));
  await store.save({ ...reported, unreported }, revision);
}

/** Sends an event for each change. @returns those that EventBridge did not accept. */
async function unsentOf(
  changes: readonly UnreportedChange[],
  { eventBus, telemetry, clock }: ReportChangesPorts,
): Promise<UnreportedChange[]> {
  const left: UnreportedChange[] = [];
  const all = changes.map((change) => ({ change, event: eventOf(change, clock.now()) }));
  let isReachable = true;
  for (const request of requestsOf(all)) {
    if (!isReachable) {
      left.push(...request.map(({ change }) => change));
      continue;
    }
    try {
      const reasons = await eventBus.send(request.map(({ event }) => event));
      const refused = request.filter((_, index) => reasons[index] !== undefined);
      left.push(...refused.map(({ change }) => change));
      const [reason] = reasons.filter((one) => one !== undefined);
      if (reason !== undefined) telemetry.eventsUnsent(refused.length, reason);
    } catch (error) {
      isReachable = false;
      left.push(...request.map(({ change }) => change));
      telemetry.eventsUnsent(request.length, String(error));
    }
  }
  return left;
}

/** @param now - for a parameter of which SSM does not say when it was written. */
function eventOf({ id, line }: UnreportedChange, now: number): ConfigurationEvent {
  return {
    name: 'configured',
    at: line.at === undefined ? now : Date.parse(line.at),
    detail: { id, ...line },
  };
}
