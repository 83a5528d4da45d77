import { Console } from 'node:console';
import { env, versions } from 'node:process';
import { expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { nodeGlobals } from '../../lib/bundling/node-globals.ts';

async function bundle(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    logLevel: 'silent',
    plugins: [nodeGlobals],
  });
  return outputFiles[0]?.text ?? '';
}

test('what is bundled does not import the modules of Node.js that are globals, and gets the same', async () => {
  const code = await bundle(
    "import { env, versions } from 'node:process'; import { Console } from 'node:console';" +
      'export default [env, versions, Console];',
  );
  expect(code).not.toContain('node:process"');
  expect(code).not.toContain('node:console"');
  const { default: found } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  expect(found[0]).toBe(env);
  expect(found[1]).toBe(versions);
  expect(found[2]).toBe(Console);
});

test('a name that is not known fails the build', async () => {
  await expect(bundle("import { stdin } from 'node:process'; console.log(stdin);")).rejects.toThrow('stdin');
});
