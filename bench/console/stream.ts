import Table from 'cli-table3';
import { ChangeLog } from '../../cli/watch/change-log.ts';
import type { PageState } from '../../cli/watch/page-state.ts';
import { Watcher } from '../../cli/watch/watcher.ts';
import { cpuMs } from '../cpu-ms.ts';
import { formatCount } from '../format-count.ts';
import { median } from '../median.ts';
import { SteadyCentre } from './steady-centre.ts';

const LOOKS = 10;

/** What a look sends to a page, as a table. */
export interface Streamed {
  readonly table: string;
  /** Of the whole that a change is, with the most contacts. */
  readonly share: number;
}

/**
 * Measures what a look sends to a page, in full and as what is different, and the processor time to write each.
 *
 * @param seconds - between two looks.
 */
export async function measureStream(counts: readonly number[], seconds: number): Promise<Streamed> {
  const table = new Table({ head: ['waiting', 'whole KB', 'ms', 'change KB', 'ms', 'share'] });
  let share = 0;
  for (const waiting of counts) {
    const centre = new SteadyCentre(waiting);
    const watcher = new Watcher(centre.reader);
    const log = new ChangeLog();
    log.add(await look(watcher));
    const whole = { bytes: [] as number[], ms: [] as number[] };
    const change = { bytes: [] as number[], ms: [] as number[] };
    for (let count = 0; count < LOOKS; count += 1) {
      centre.advance(seconds);
      const state = await look(watcher);
      whole.bytes.push(Buffer.byteLength(timed(whole.ms, () => JSON.stringify(state))));
      change.bytes.push(Buffer.byteLength(timed(change.ms, () => JSON.stringify(log.add(state).change))));
    }
    share = median(change.bytes) / median(whole.bytes);
    const kilobytes = ({ bytes }: typeof whole) => formatCount(Math.round(median(bytes) / 1_000));
    table.push([
      formatCount(waiting),
      kilobytes(whole),
      median(whole.ms).toFixed(1),
      kilobytes(change),
      median(change.ms).toFixed(1),
      `${(100 * share).toFixed(1)} %`,
    ]);
  }
  return { table: table.toString(), share };
}

async function look(watcher: Watcher): Promise<PageState> {
  const { name, data } = await watcher.look();
  if (name !== 'state') throw new Error(data.message);
  return data;
}

/** Runs something, and adds the milliseconds of processor time that it took. */
function timed<T>(times: number[], run: () => T): T {
  const start = cpuMs();
  const result = run();
  times.push(cpuMs() - start);
  return result;
}
