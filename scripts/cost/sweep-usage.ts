import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SWEEP_INTERVAL_SECONDS } from '../../lambda/domain/deployment-constants.ts';
import { INSTANCE } from '../../local/demo/centre-config.ts';
import { startLocalSystem } from '../../local/system/system.ts';
import { NOOP_HANDLER } from '../../local/system/system-functions.ts';
import { advanceClock, installClock } from '../../local/time/clock.ts';
import { logBytes } from './log-bytes.ts';
import { type Usage, UsageMeter } from './usage-meter.ts';

/**
 * Measures what one sweep uses while no contact waits: the second sweep, since the first opens connections.
 */
export async function measureSweep(): Promise<Usage> {
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
  try {
    await system.warmUp();
    await runSweep();
    return await runSweep();
  } finally {
    await system.stop();
    restoreClock();
    rmSync(directory, { recursive: true });
  }
}
