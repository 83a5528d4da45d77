import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { sampleRecording } from '../sim/replay/sample-recording.ts';

/** Writes the recording that docs and tests replay: `npm run recording`. */
const directory = join(import.meta.dirname, '../scenarios/recordings');
mkdirSync(directory, { recursive: true });
const bytes = gzipSync(
  sampleRecording()
    .map((line) => `${line}\n`)
    .join(''),
  { level: 9 },
);
writeFileSync(join(directory, 'monday-morning.jsonl.gz'), bytes);
console.log(`${bytes.length} bytes`);
