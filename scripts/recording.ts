import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { sampleRecording } from '../sim/replay/sample-recording.ts';

/* Writes the recording that the documentation and the tests replay. */

const directory = join(import.meta.dirname, '../scenarios/recordings');
mkdirSync(directory, { recursive: true });
const lines = sampleRecording().map((line) => `${line}\n`);
const bytes = gzipSync(lines.join(''), { level: 9 });
writeFileSync(join(directory, 'monday-morning.jsonl.gz'), bytes);
console.log(`${bytes.length} bytes`);
