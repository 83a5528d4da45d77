import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

const SCHEMAS = /@aws-sdk[\\/]client-[^\\/]+[\\/]dist-es[\\/]schemas[\\/]schemas_\d+\.js$/;

/**
 * Lets esbuild leave out of the AWS SDK what no handler calls.
 *
 * A client keeps the shapes of all its operations in one module, as arrays whose objects have computed keys
 * (`{ [_hH]: … }`). A computed key might do anything, so esbuild keeps every shape: 190 KB for Connect, of whose
 * 300 operations two are called. Here the keys are written out, as the constants beside them say, and the shapes
 * that nothing refers to go.
 */
export const leanSchemas: Plugin = {
  name: 'lean-schemas',
  setup(build) {
    build.onLoad({ filter: SCHEMAS }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      return { contents: inlineComputedKeys(source), loader: 'js' };
    });
  },
};

/** The module with `[_name]: ` written as the text that its constant `_name` holds. */
export function inlineComputedKeys(source: string): string {
  const texts = new Map(
    [...source.matchAll(/^const (_\w+) = ("[^"\\]*");$/gm)].map(([, name, text]) => [name, text]),
  );
  return source.replaceAll(/\[(_\w+)\]: /g, (found, name: string) => {
    const text = texts.get(name);
    return text === undefined ? found : `${text}: `;
  });
}

const DEFAULT_PROVIDER = '@aws-sdk/credential-provider-node';

/**
 * Gives the clients the credentials of the environment alone, where Lambda puts them: what the default chain would
 * try besides (profiles, single sign-on, instance metadata) is 95 KB that no function ever runs.
 */
export const environmentCredentials: Plugin = {
  name: 'environment-credentials',
  setup(build) {
    build.onResolve({ filter: new RegExp(`^${DEFAULT_PROVIDER}$`) }, ({ resolveDir }) => ({
      path: DEFAULT_PROVIDER,
      namespace: 'environment-credentials',
      pluginData: resolveDir,
    }));
    build.onLoad({ filter: /.*/, namespace: 'environment-credentials' }, ({ pluginData }) => ({
      contents: [
        "import { fromEnv } from '@aws-sdk/credential-provider-env';",
        'export const defaultProvider = () => fromEnv();',
      ].join('\n'),
      loader: 'js',
      resolveDir: pluginData as string,
    }));
  },
};
