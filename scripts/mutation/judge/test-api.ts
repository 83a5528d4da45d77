import { format } from 'node:util';

/*
 * Takes the place of `@jest/globals` in the processes that judge mutants: Jest would load every module again for each
 * mutant. It has what the judging suites use.
 */

export { expect } from 'expect';

type Run = () => unknown;

/** A `describe`, or a whole file. */
export interface Block {
  readonly title: string;
  readonly parent?: Block;
  readonly beforeAll: Run[];
  readonly afterAll: Run[];
  readonly beforeEach: Run[];
  readonly afterEach: Run[];
}

/** A test that was declared and not run. */
export interface DeclaredTest {
  readonly title: string;
  readonly block: Block;
  readonly run: Run;
}

type Row = readonly unknown[] | unknown;
type RunRow = (...values: never[]) => unknown;

let block = newBlock('');
let tests: DeclaredTest[] = [];

/** Collects what a file declares while it is loaded. */
export async function collectTests(load: () => Promise<unknown>): Promise<DeclaredTest[]> {
  block = newBlock('');
  tests = [];
  await load();
  return tests;
}

export const describe = Object.assign(
  (title: string, declare: () => void) => {
    block = newBlock(title, block);
    declare();
    block = block.parent ?? newBlock('');
  },
  {
    each: (rows: readonly Row[]) => (title: string, declare: RunRow) => {
      for (const row of tableOf(rows)) describe(titleOf(title, row), () => void declare(...(row as never[])));
    },
  },
);

export const test = Object.assign((title: string, run: Run) => void tests.push({ title, block, run }), {
  each: (rows: readonly Row[]) => (title: string, run: RunRow) => {
    for (const row of tableOf(rows)) test(titleOf(title, row), () => run(...(row as never[])));
  },
});

export const beforeAll = (run: Run) => void block.beforeAll.push(run);
export const afterAll = (run: Run) => void block.afterAll.push(run);
export const beforeEach = (run: Run) => void block.beforeEach.push(run);
export const afterEach = (run: Run) => void block.afterEach.push(run);

/** A block, with those around it first. */
export function pathOf(innermost: Block): Block[] {
  return innermost.parent ? [...pathOf(innermost.parent), innermost] : [innermost];
}

function newBlock(title: string, parent?: Block): Block {
  return { title, parent, beforeAll: [], afterAll: [], beforeEach: [], afterEach: [] };
}

/** As in Jest: unless all rows are lists, each is a single value. */
function tableOf(rows: readonly Row[]): readonly (readonly unknown[])[] {
  return rows.every((row) => Array.isArray(row)) ? (rows as readonly unknown[][]) : rows.map((row) => [row]);
}

function titleOf(title: string, row: readonly unknown[]): string {
  return format(title, ...row).split('\n', 1)[0] ?? '';
}
