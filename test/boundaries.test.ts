import { spawnSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const ROOT = join(import.meta.dirname, '..');
const DOMAIN = 'The domain is pure and lowest';
const TIME = 'Pass in the clock';
const CYCLE = 'This import is part of a cycle';

/** Files that break the layers, with the beginning of what the check says of them; without one, they break none. */
const FILES: readonly (readonly [path: string, source: string, message?: string])[] = [
  ['lambda/domain/flow.ts', "export { x } from '../flow/dispatch/dispatch.ts';", DOMAIN],
  ['lambda/domain/sdk.ts', "export { SQSClient } from '@aws-sdk/client-sqs';", DOMAIN],
  ['lambda/domain/deep/node.ts', "export { readFileSync } from 'node:fs';", DOMAIN],
  ['lambda/domain/clock.ts', 'export const now = Date.now();', TIME],
  ['lambda/domain/chance.ts', 'export const drawn = Math.random();', TIME],
  [
    'lambda/domain/environment.ts',
    'export const home = process.env.HOME;',
    'Do not use the global variable process',
  ],
  [
    'lambda/flow/aws.ts',
    "export { x } from '../aws/queues.ts';",
    'The flow reaches the world through its ports',
  ],
  ['lambda/flow/timer.ts', 'setTimeout(() => {}, 5);', TIME],
  [
    'lambda/aws/handler.ts',
    "export { x } from '../dispatch/index.ts';",
    'What ships in a Lambda imports downwards',
  ],
  [
    'lambda/dispatch/local.ts',
    "export { x } from '../../local/time/clock.ts';",
    'What ships in a Lambda imports downwards',
  ],
  [
    'lambda/sweep/handler.ts',
    "export { x } from '../dispatch/index.ts';",
    'What ships in a Lambda imports downwards',
  ],
  [
    'lambda/dispatch/handler.ts',
    "export { x } from '../sweep/index.ts';",
    'What ships in a Lambda imports downwards',
  ],
  ['lambda/sweep/fine.ts', "export { x } from '../flow/sweep.ts';"],
  ['sim/local.ts', "export { x } from '../local/time/clock.ts';", 'The simulator lives in virtual time'],
  ['sim/dst/adapters/fine.ts', "export { x } from '../../../lambda/aws/queues.ts';"],
  ['sim/dst/adapters/clock.ts', 'export const now = Date.now();', TIME],
  [
    'sim/dst/aws.ts',
    "export { x } from '../../lambda/aws/queues.ts';",
    'The simulator lives in virtual time',
  ],
  ['sim/clock.ts', 'export const now = new Date();', TIME],
  ['lambda/flow/fine.ts', "export { x } from '../domain/reconcile/plan.ts';"],
  [
    'lambda/dispatch/fine.ts',
    "export { x } from '../flow/dispatch/dispatch.ts';\n\nexport const now = Date.now();",
  ],
  ['console/sdk.ts', "export { SQSClient } from '@aws-sdk/client-sqs';", 'The page runs in a browser'],
  [
    'console/views/table.tsx',
    "export { x } from '../../lambda/aws/contacts-table.ts';",
    'The page runs in a browser',
  ],
  ['console/fine.tsx', "export { x } from '../cli/wording/routing-words.ts';"],
  ['local/fine.ts', "export { x } from '../sim/centre/index.ts';"],
  ['local/cycle.ts', "export { x } from './cycle-back.ts';", CYCLE],
  [
    'local/cycle-back.ts',
    "import type { Y } from './cycle.ts';\n\nexport const x: Y | undefined = undefined;",
    CYCLE,
  ],
];

let directory: string;
let said: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'boundaries-'));
  cpSync(join(ROOT, 'scripts'), join(directory, 'scripts'), { recursive: true });
  const {
    vcs: _vcs,
    $schema: _schema,
    ...rules
  } = JSON.parse(readFileSync(join(ROOT, 'biome.json'), 'utf8'));
  writeFileSync(join(directory, 'biome.json'), JSON.stringify(rules));
  for (const [path, source] of FILES) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), `${source}\n`);
  }
  const biome = join(ROOT, 'node_modules/.bin/biome');
  said = spawnSync(biome, ['lint', '--reporter=github', '.'], { cwd: directory, encoding: 'utf8' }).stdout;
});

afterAll(() => rmSync(directory, { recursive: true }));

describe('the check of the layers', () => {
  test.each(FILES.map(([path, source, message]) => ({ path, source, message })))(
    '$path: $source',
    ({ path, message }) => {
      const lines = said.split('\n').filter((line) => line.includes(`/${path},`));
      expect(lines).toEqual(message === undefined ? [] : [expect.stringContaining(message)]);
    },
  );
});

/** The folders and files of the domain. Each one imports only those before it. */
const DOMAIN_ORDER = [
  'lazy.ts',
  'json.ts',
  'duration.ts',
  'stable-hash.ts',
  'arn.ts',
  'item-keys.ts',
  'deployment-constants.ts',
  'validation',
  'calendar',
  'horizon.ts',
  'agent-lists.ts',
  'pattern',
  'condition',
  'routing',
  'outgoing-events',
  'settings.ts',
  'parse-settings.ts',
  'policy',
  'configuration',
  'contact',
  'queue',
  'messages',
  'reports',
  'reconcile',
];

test("the domain's folders import downwards only", () => {
  const cwd = join(ROOT, 'lambda/domain');
  const imports = globSync('**/*.ts', { cwd }).flatMap((file) =>
    [...readFileSync(join(cwd, file), 'utf8').matchAll(/ from '(\.[^']+)'/g)].map(
      ([, target = '']) => [file, normalize(join(dirname(file), target))] as const,
    ),
  );
  const rank = (file: string) => DOMAIN_ORDER.indexOf(file.split('/')[0] ?? '');
  expect(imports.flat().filter((file) => rank(file) === -1)).toEqual([]);
  expect(imports.filter(([file, target]) => rank(target) > rank(file))).toEqual([]);
  expect(imports).toContainEqual(['parse-settings.ts', 'validation/document.ts']);
});
