import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { leanErrors, shareErrorClass } from '../../lib/bundling/lean-errors.ts';

const PROJECT = join(import.meta.dirname, '../..');
const CLIENTS = ['connect', 'dynamodb', 'eventbridge', 'sqs', 'ssm'];
const folder = mkdtempSync(join(tmpdir(), 'lean-errors-'));

afterAll(() => rmSync(folder, { recursive: true }));

type ErrorClass = new (options: object) => Error & { readonly $fault: string };

function fileOf(client: string): string {
  return join(PROJECT, `node_modules/@aws-sdk/client-${client}/dist-es/models/errors.js`);
}

/** The classes of a client's errors, as they are bundled with a plugin or without. */
async function errorsOf(client: string, plugins: (typeof leanErrors)[]) {
  const outfile = join(folder, `${client}-${plugins.length}.mjs`);
  await build({
    entryPoints: [fileOf(client)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    plugins,
  });
  return (await import(pathToFileURL(outfile).href)) as Record<string, ErrorClass & { shapeId?: string }>;
}

const OPTIONS = { message: 'No.', Message: 'No!', Item: { a: 1 }, $metadata: { requestId: 'r' } };

test.each(CLIENTS)('the errors of %s are the same ones', async (client) => {
  const [lean, plain] = [await errorsOf(client, [leanErrors]), await errorsOf(client, [])];
  expect(Object.keys(lean)).toEqual(Object.keys(plain));
  expect(Object.keys(lean).length).toBeGreaterThan(10);
  const describe = (errors: typeof lean, name: string) => {
    const one = errors[name] as ErrorClass & { shapeId?: string };
    const error = new one(OPTIONS);
    const kinds = Object.entries(errors).flatMap(([kind, other]) => (error instanceof other ? [kind] : []));
    return { text: String(error), members: Object.entries(error), shapeId: one.shapeId, kinds };
  };
  for (const name of Object.keys(plain)) expect(describe(lean, name)).toEqual(describe(plain, name));
});

test.each(CLIENTS.filter((client) => client !== 'connect'))(
  'nearly all errors of %s share one class',
  (client) => {
    const classes = shareErrorClass(readFileSync(fileOf(client), 'utf8')).match(/^export class \w+/gm) ?? [];
    expect(classes.length).toBeLessThan(3);
  },
);
