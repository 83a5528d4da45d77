import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { recordScenario } from '../sim/replay/record-scenario.ts';
import { sampleRecording } from '../sim/replay/sample-recording.ts';
import { parseScenario } from '../sim/scenario/index.ts';

/**
 * `npm run recording` writes the recording that the documentation and the tests replay. `npm run recording -- SCENARIO
 * FILE` records a scenario without policies, as an EventBridge rule would log the events of such a centre.
 */

/** A scenario cannot be recorded. */
class RecordingError extends Error {
  override readonly name = 'RecordingError';
}

function scenarioLines(file: string): string[] {
  const { scenario, problems } = parseScenario(readFileSync(file, 'utf8'), (name) =>
    readFileSync(join(dirname(file), name), 'utf8'),
  );
  if (!scenario) throw new RecordingError(`${file}: ${problems.map(({ message }) => message).join(' ')}`);
  const lines: string[] = [];
  recordScenario(scenario, { seed: 1, run: 0 }, {}, (event) => lines.push(JSON.stringify(event)));
  return lines;
}

const SAMPLE = join(import.meta.dirname, '../scenarios/recordings/monday-morning.jsonl.gz');

const [scenario, file = SAMPLE] = process.argv.slice(2);
mkdirSync(dirname(file), { recursive: true });
const lines = scenario === undefined ? sampleRecording() : scenarioLines(scenario);
const bytes = gzipSync(lines.map((line) => `${line}\n`).join(''), { level: 9 });
writeFileSync(file, bytes);
console.log(`${lines.length} events, ${bytes.length} bytes`);
