import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Table from 'cli-table3';
import type { HandlerName } from '../../lib/handler-names.ts';
import { measureCommand } from './command.ts';
import { measureFirstEvents } from './first-event.ts';
import { type ImportResult, measureImports } from './imports.ts';

/*
 * How long a new execution environment takes to import each handler, as deployed, against a handler that only imports
 * the same AWS clients; what its first event takes by the number of policies; and how long the shortest command takes.
 * Exits with 1 where one of them is beyond its goal.
 *
 *     npm run bench:start
 */

const ROUNDS = 25;
const MAX_RATIO = 1.2;
const KB = 1_024;
const MAX_BYTES: Partial<Record<HandlerName, number>> = { 'contact-events': 360 * KB };
/** The numbers of policies, the first of which the others are compared with. */
const POLICIES = [8, 100, 1_000];
const MAX_FIRST_EVENT_RATIO = 1.5;
const MAX_COMMAND_RATIO = 5;

type Cell = string | number;

function print(head: readonly string[], rows: readonly (readonly Cell[])[]): void {
  const table = new Table({
    head: [...head],
    colAligns: head.map((_, column) => (column === 0 || column === head.length - 1 ? 'left' : 'right')),
    style: { head: [], border: [] },
  });
  table.push(...rows.map((row) => [...row]));
  console.log(table.toString());
}

/** What a row says of its goal. A goal that is missed has the benchmark exit with 1. */
function verdict(isMet: boolean, goal: string): string {
  if (!isMet) process.exitCode = 1;
  return `${isMet ? 'met' : 'MISSED'}: at most ${goal}`;
}

async function printImports(directory: string): Promise<ImportResult[]> {
  const results = await measureImports(directory, ROUNDS);
  print(
    ['handler', 'KB', 'floor KB', 'import ms', 'floor ms', 'ratio', 'plain floor ms', 'goal'],
    results.map(({ name, bytes, floorBytes, importMs, floorMs, plainFloorMs }) => {
      const ratio = importMs / floorMs;
      const maxBytes = MAX_BYTES[name];
      const isMet = ratio <= MAX_RATIO && (maxBytes === undefined || bytes <= maxBytes);
      const limits = [`${MAX_RATIO} times`, ...(maxBytes === undefined ? [] : [`${maxBytes / KB} KB`])];
      return [
        name,
        Math.round(bytes / KB),
        Math.round(floorBytes / KB),
        importMs.toFixed(1),
        floorMs.toFixed(1),
        ratio.toFixed(2),
        plainFloorMs.toFixed(1),
        verdict(isMet, limits.join(', ')),
      ];
    }),
  );
  return results;
}

async function printFirstEvents(bundles: readonly ImportResult[]): Promise<void> {
  const fileOf = (wanted: HandlerName) => bundles.find(({ name }) => name === wanted)?.file ?? '';
  const files = { contactEvents: fileOf('contact-events'), policyChanges: fileOf('policy-changes') };
  const results = await measureFirstEvents(files, POLICIES, ROUNDS);
  const [fewest] = results;
  print(
    ['policies', 'first event ms', 'ratio', 'table reads', 'SSM requests', 'goal'],
    results.map(({ policies, cpuMs, tableReads, parameterRequests }) => {
      const ratio = cpuMs / (fewest?.cpuMs ?? cpuMs);
      const isMet =
        ratio <= MAX_FIRST_EVENT_RATIO && parameterRequests === 0 && tableReads === fewest?.tableReads;
      const goal = `${MAX_FIRST_EVENT_RATIO} times, as many reads, nothing of SSM`;
      return [
        policies,
        cpuMs.toFixed(1),
        ratio.toFixed(2),
        tableReads,
        parameterRequests,
        verdict(isMet, goal),
      ];
    }),
  );
}

function printCommand(directory: string): void {
  print(
    ['escalator check', 'ms', 'node -e 0 ms', 'ratio', 'goal'],
    measureCommand(directory, ROUNDS).map(({ from, checkMs, floorMs }) => {
      const ratio = checkMs / floorMs;
      const goal = verdict(ratio <= MAX_COMMAND_RATIO, `${MAX_COMMAND_RATIO} times`);
      return [from, checkMs.toFixed(0), floorMs.toFixed(0), ratio.toFixed(1), goal];
    }),
  );
}

const directory = mkdtempSync(join(tmpdir(), 'bench-start-'));
try {
  const bundles = await printImports(directory);
  await printFirstEvents(bundles);
  printCommand(directory);
} finally {
  rmSync(directory, { recursive: true });
}
