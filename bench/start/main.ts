import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Table from 'cli-table3';
import { bundleHandler } from '../../lib/bundling/bundle-handler.ts';
import { HANDLER_NAMES, type HandlerName } from '../../lib/handler-names.ts';
import { bundleFloor } from './floor.ts';
import { importTime } from './import-time.ts';

/*
 * How long a new execution environment takes to import each handler, as deployed, against a handler that only imports
 * the same AWS clients. All are measured in turn, so that a busy moment of the machine hits all of them alike. Exits
 * with 1 where a handler is beyond its goal.
 *
 *     npm run bench:start
 */

const ROUNDS = 25;
const MAX_RATIO = 1.2;
const KB = 1_024;
const MAX_BYTES: Partial<Record<HandlerName, number>> = { 'contact-events': 360 * KB };

interface Subject {
  readonly name: HandlerName;
  readonly file: string;
  readonly floor: string;
  readonly bytes: number;
  readonly floorBytes: number;
}

async function build(name: HandlerName, directory: string): Promise<Subject> {
  const folder = join(directory, name);
  mkdirSync(folder);
  const { fileName, code, metafile } = await bundleHandler(name);
  const file = join(folder, fileName);
  writeFileSync(file, code);
  const floor = join(folder, 'floor.mjs');
  const floorCode = await bundleFloor(metafile);
  writeFileSync(floor, floorCode);
  return { name, file, floor, bytes: code.byteLength, floorBytes: floorCode.byteLength };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const directory = mkdtempSync(join(tmpdir(), 'bench-start-'));
try {
  const subjects = await Promise.all(HANDLER_NAMES.map((name) => build(name, directory)));
  const times = new Map(
    subjects.map(({ name }) => [name, { handler: [] as number[], floor: [] as number[] }]),
  );
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { name, file, floor } of subjects) {
      times.get(name)?.handler.push(importTime(file));
      times.get(name)?.floor.push(importTime(floor));
    }
  }
  const table = new Table({
    head: ['handler', 'KB', 'floor KB', 'import ms', 'floor ms', 'ratio', 'goal'],
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right', 'left'],
    style: { head: [], border: [] },
  });
  for (const { name, bytes, floorBytes } of subjects) {
    const { handler = [], floor = [] } = times.get(name) ?? {};
    const ratio = median(handler) / median(floor);
    const maxBytes = MAX_BYTES[name] ?? Number.POSITIVE_INFINITY;
    const isMet = ratio <= MAX_RATIO && bytes <= maxBytes;
    if (!isMet) process.exitCode = 1;
    const limits = [`${MAX_RATIO} times`, ...(Number.isFinite(maxBytes) ? [`${maxBytes / KB} KB`] : [])];
    table.push([
      name,
      Math.round(bytes / KB),
      Math.round(floorBytes / KB),
      median(handler).toFixed(1),
      median(floor).toFixed(1),
      ratio.toFixed(2),
      `${isMet ? 'met' : 'MISSED'}: at most ${limits.join(', ')}`,
    ]);
  }
  console.log(table.toString());
} finally {
  rmSync(directory, { recursive: true });
}
