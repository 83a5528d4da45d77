import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ContactsTable } from '../../lambda/aws/contacts-table.ts';
import { type ContactRecord, emptyRecord } from '../../lambda/domain/contact/record.ts';
import { SWEEP_INTERVAL_SECONDS } from '../../lambda/domain/deployment-constants.ts';
import { indexEntries } from '../../lambda/domain/reconcile/index-entries.ts';
import { reportLeaving } from '../../lambda/domain/reports/report.ts';
import { withUnsentEvents } from '../../lambda/domain/reports/unsent.ts';
import { INSTANCE } from '../../local/demo/centre-config.ts';
import { startLocalSystem } from '../../local/system/system.ts';
import { NOOP_HANDLER } from '../../local/system/system-functions.ts';
import { advanceClock, installClock } from '../../local/time/clock.ts';
import { instanceArnOf } from '../../sim/centre/contact-event.ts';
import { logBytes } from './log-bytes.ts';
import { type Usage, UsageMeter } from './usage-meter.ts';

/** A contact that has left, and the event that says so. */
function leftContact(index: number): ContactRecord {
  const key = { instanceId: INSTANCE.id, contactId: randomUUID() };
  const queueVisit = `${instanceArnOf(INSTANCE)}/queue/${randomUUID()}@${index}`;
  const decision = {
    queueVisit,
    generation: 1,
    reason: 'governed',
    policy: 'example',
    step: 0,
    desired: {},
    allowLower: false,
  } as const;
  const leaving = { at: index + 30_000, enqueuedAt: index, how: 'answered' } as const;
  const report = reportLeaving(key, queueVisit, decision, leaving);
  return withUnsentEvents({ ...emptyRecord(key), decision }, [report], ['left']);
}

/**
 * Measures what one sweep uses while no contact waits: the second sweep, since the first opens connections.
 *
 * @param eventCount - the number of events that it sends, each of another contact.
 */
export async function measureSweep(eventCount = 0): Promise<Usage> {
  const restoreClock = installClock();
  const meter = new UsageMeter();
  const directory = mkdtempSync(join(tmpdir(), 'cost-'));
  let onScan: () => void = () => {};
  const system = await startLocalSystem({
    port: 0,
    region: INSTANCE.region,
    account: INSTANCE.account,
    instanceIds: [INSTANCE.id],
    prefix: '/cost',
    logDirectory: directory,
    handlers: {
      contactEvents: NOOP_HANDLER,
      ruleMessages: NOOP_HANDLER,
      dispatch: NOOP_HANDLER,
      policyChanges: NOOP_HANDLER,
      sweep: join(import.meta.dirname, '../../lambda/sweep/index.ts'),
    },
    onResponse(entry) {
      meter.countRequest(entry);
      if (entry.name === 'dynamodb.Scan') onScan();
    },
  });
  let countedLogBytes = 0;
  const runSweep = async () => {
    // Each sweep scans once.
    const scan = new Promise<void>((resolve) => {
      onScan = resolve;
    });
    advanceClock(SWEEP_INTERVAL_SECONDS * 1_000);
    await scan;
    await system.idle();
    meter.countInvocation('sweep');
    const totalLogBytes = await logBytes(directory);
    const usage = meter.takeUsage(totalLogBytes - countedLogBytes);
    countedLogBytes = totalLogBytes;
    return usage;
  };
  const dynamoDb = new DynamoDBClient(system.clientConfig);
  try {
    await system.warmUp();
    await runSweep();
    const table = new ContactsTable(dynamoDb, system.tableName);
    for (let index = 0; index < eventCount; index += 1) {
      const record = leftContact(index);
      await table.save(record, 0, indexEntries(record, 0, 'absolute'), Date.now());
    }
    await system.idle();
    meter.takeUsage(0);
    return await runSweep();
  } finally {
    dynamoDb.destroy();
    await system.stop();
    restoreClock();
    rmSync(directory, { recursive: true });
  }
}
