import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Table from 'cli-table3';
import { bundleHandler } from '../../lib/bundling/bundle-handler.ts';
import { HANDLER_NAMES, type HandlerName } from '../../lib/handler-names.ts';
import { median } from '../median.ts';
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

interface Bundle {
  readonly file: string;
  readonly bytes: number;
  /** Of the imports until now, in milliseconds. */
  readonly times: number[];
}

interface Subject {
  readonly name: HandlerName;
  readonly handler: Bundle;
  readonly floor: Bundle;
}

async function build(name: HandlerName, directory: string): Promise<Subject> {
  const { fileName, code, metafile } = await bundleHandler(name);
  return {
    name,
    handler: written(join(directory, fileName), code),
    floor: written(join(directory, `floor-of-${fileName}`), await bundleFloor(metafile)),
  };
}

function written(file: string, code: Uint8Array): Bundle {
  writeFileSync(file, code);
  return { file, bytes: code.byteLength, times: [] };
}

const directory = mkdtempSync(join(tmpdir(), 'bench-start-'));
try {
  const subjects = await Promise.all(HANDLER_NAMES.map((name) => build(name, directory)));
  const bundles = subjects.flatMap(({ handler, floor }) => [handler, floor]);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { file, times } of bundles) times.push(importTime(file));
  }
  const table = new Table({
    head: ['handler', 'KB', 'floor KB', 'import ms', 'floor ms', 'ratio', 'goal'],
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right', 'left'],
    style: { head: [], border: [] },
  });
  for (const { name, handler, floor } of subjects) {
    const [handlerMs, floorMs] = [median(handler.times), median(floor.times)];
    const ratio = handlerMs / floorMs;
    const maxBytes = MAX_BYTES[name];
    const isMet = ratio <= MAX_RATIO && (maxBytes === undefined || handler.bytes <= maxBytes);
    if (!isMet) process.exitCode = 1;
    const limits = [`${MAX_RATIO} times`, ...(maxBytes === undefined ? [] : [`${maxBytes / KB} KB`])];
    table.push([
      name,
      Math.round(handler.bytes / KB),
      Math.round(floor.bytes / KB),
      handlerMs.toFixed(1),
      floorMs.toFixed(1),
      ratio.toFixed(2),
      `${isMet ? 'met' : 'MISSED'}: at most ${limits.join(', ')}`,
    ]);
  }
  console.log(table.toString());
} finally {
  rmSync(directory, { recursive: true });
}
