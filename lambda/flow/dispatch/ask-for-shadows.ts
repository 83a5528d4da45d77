import { keyOf } from '../../domain/contact/contact-key.ts';
import { applyDescription } from '../../domain/reconcile/description.ts';
import { reportDescription } from '../../domain/reconcile/outcome.ts';
import { spareWork } from '../../domain/reconcile/shadows.ts';
import { describeLimits, type Settings } from '../../domain/settings.ts';
import type { StoredContact } from '../ports.ts';
import { withReports } from '../reports.ts';
import { updateRecord } from '../update-record.ts';
import { scheduleReconcile } from '../wake-up.ts';
import { isolateFailure } from './isolate-failure.ts';
import type { RoundPorts } from './ports.ts';

/**
 * Asks Connect for the attributes that only observing policies depend on: once no other work is left, and from what
 * the budget has beyond half of its burst, so that the questions of enforcing policies never wait for these. A question
 * that is not granted, or fails, is asked again the next time that dispatch runs: the sweep sees to that.
 */
export async function askForShadows(
  contacts: readonly StoredContact[],
  settings: Settings,
  ports: RoundPorts,
): Promise<void> {
  const known = contacts.filter(({ record }) => spareWork(record)?.kind === 'reconcile');
  const inQuestion = contacts.filter(({ record }) => spareWork(record)?.kind === 'attributes');
  const { burst } = describeLimits(settings);
  const reserve = Math.min(burst / 2, burst - 1);
  const { granted } = await ports.rateLimiter.take('describe', inQuestion.length, settings, reserve);
  await Promise.all(known.map(({ record }) => scheduleReconcile(keyOf(record), ports.clock.now(), ports)));
  const kinds = await Promise.all(
    inQuestion
      .slice(0, granted)
      .map((contact) => isolateFailure(contact.record, ports, () => ask(contact, settings, ports))),
  );
  await ports.rateLimiter.recordResults(
    'describe',
    kinds.filter((kind) => kind !== undefined),
    settings,
  );
}

/** Stores the attributes alone: the applied routing is asked for when an enforcing policy needs it. */
async function ask(stored: StoredContact, settings: Settings, ports: RoundPorts) {
  const { record } = stored;
  const askedAt = ports.clock.now();
  const result = await ports.connect.describe(record);
  if (result.kind === 'denied') ports.telemetry.accessDenied(result.message);
  if (result.kind !== 'described') return result.kind;
  const snapshot = {
    status: undefined,
    attributesChangedAt: record.facts?.attributesChangedAt ?? 0,
    attributeNames: record.shadows?.requiredAttributes ?? [],
    askedAt,
  };
  const now = ports.clock.now();
  const names = await ports.storedNames();
  const { change, log } = withReports(
    (current) => applyDescription(current, result.description, snapshot, names),
    (before, after) => reportDescription(before, after, now),
    settings,
    ports.telemetry,
  );
  await updateRecord(stored, change, settings, ports);
  log();
  await scheduleReconcile(keyOf(record), ports.clock.now(), ports);
  return result.kind;
}
