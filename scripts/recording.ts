import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { recording } from '../sim/replay/sample.ts';

/** Writes the recording that docs and tests replay: `npm run recording`. */
const directory = join(import.meta.dirname, '../scenarios/recordings');
mkdirSync(directory, { recursive: true });
const bytes = gzipSync(
  recording()
    .map((line) => `${line}\n`)
    .join(''),
  { level: 9 },
);
writeFileSync(join(directory, 'monday-morning.jsonl.gz'), bytes);
console.log(`${bytes.length} bytes`);
