import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleHandler } from '../../lib/bundling/bundle-handler.ts';
import { HANDLER_NAMES, type HandlerName } from '../../lib/handler-names.ts';
import { median } from '../median.ts';
import { bundleFloor, bundlePlainFloor } from './floor.ts';
import { importTime } from './import-time.ts';

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
  readonly plainFloor: Bundle;
}

/** How a new process imports a handler, and its floor. */
export interface ImportResult {
  readonly name: HandlerName;
  /** Of the bundle, as it is deployed. */
  readonly file: string;
  readonly bytes: number;
  readonly floorBytes: number;
  /** Median of the CPU time. */
  readonly importMs: number;
  readonly floorMs: number;
  readonly plainFloorMs: number;
}

/**
 * Bundles all handlers, and measures how long new processes take to import each. All are measured in turn, so that a
 * busy moment of the machine hits all of them alike.
 *
 * @param directory - where the bundles are written.
 */
export async function measureImports(directory: string, rounds: number): Promise<ImportResult[]> {
  const subjects = await Promise.all(HANDLER_NAMES.map((name) => build(name, directory)));
  const bundles = subjects.flatMap(({ handler, floor, plainFloor }) => [handler, floor, plainFloor]);
  for (let round = 0; round < rounds; round += 1) {
    for (const { file, times } of bundles) times.push(await importTime(file));
  }
  return subjects.map(({ name, handler, floor, plainFloor }) => ({
    name,
    file: handler.file,
    bytes: handler.bytes,
    floorBytes: floor.bytes,
    importMs: median(handler.times),
    floorMs: median(floor.times),
    plainFloorMs: median(plainFloor.times),
  }));
}

async function build(name: HandlerName, directory: string): Promise<Subject> {
  const [{ fileName, code, metafile }, ...others] = await bundleHandler(name);
  for (const file of others) writeFileSync(join(directory, file.fileName), file.code);
  return {
    name,
    handler: written(join(directory, fileName), code),
    floor: written(join(directory, `floor-of-${fileName}`), await bundleFloor(metafile)),
    plainFloor: written(join(directory, `plain-floor-of-${fileName}`), await bundlePlainFloor(metafile)),
  };
}

function written(file: string, code: Uint8Array): Bundle {
  writeFileSync(file, code);
  return { file, bytes: code.byteLength, times: [] };
}
