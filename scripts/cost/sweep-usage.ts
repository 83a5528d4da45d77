import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { INSTANCE } from '../../local/demo/centre-config.ts';
import { startLocalSystem } from '../../local/system/system.ts';
import { installClock, setClockFactor } from '../../local/time/clock.ts';
import { type Usage, UsageMeter } from './usage-meter.ts';

/** Simulated seconds in a real one. */
const SPEED = 30;

/** Counts what one sweep uses in which nobody waits: the second one, since the first finds cold clients. */
export async function measureSweep(): Promise<Usage> {
  const restoreClock = installClock();
  const meter = new UsageMeter();
  const directory = mkdtempSync(join(tmpdir(), 'cost-'));
  const swept = Promise.withResolvers<Usage>();
  let sweeps = 0;
  let logged = 0;
  const bytes = () =>
    readdirSync(directory).reduce((sum, file) => sum + statSync(join(directory, file)).size, 0);
  const system = await startLocalSystem({
    port: 0,
    region: INSTANCE.region,
    account: INSTANCE.account,
    instanceIds: [INSTANCE.id],
    prefix: '/cost',
    logDirectory: directory,
    onResponse(exchange) {
      // Each sweep scans once, so what lies between two scans is one sweep.
      if (exchange.name === 'dynamodb.Scan') {
        sweeps += 1;
        const usage = meter.takeUsage(bytes() - logged);
        logged = bytes();
        if (sweeps === 3) swept.resolve(usage);
        meter.countInvocation('sweep');
      }
      meter.countRequest(exchange);
    },
  });
  try {
    await system.warmUp();
    setClockFactor(SPEED);
    return await swept.promise;
  } finally {
    setClockFactor(1);
    await system.stop();
    restoreClock();
    rmSync(directory, { recursive: true });
  }
}
