import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';

/** An installed construct takes the code of the handlers from the package instead of bundling it. */
const packagedHandlers: Plugin = {
  name: 'packaged-handlers',
  setup({ onResolve }) {
    onResolve({ filter: /\/handler-code\.ts$/ }, ({ resolveDir }) => ({
      path: join(resolveDir, 'bundling/packaged-handler-code.ts'),
    }));
  },
};

/** What `import` gets: Node.js reads the names of the exports from the CommonJS bundle. */
const ES_MODULE = "export * from '../cjs/index.js';\n";

/** What TypeScript reads for `import`. */
const ES_DECLARATIONS = "export * from '../cjs/types/lib/index.js';\n";

/**
 * Bundles the construct into `dist/cjs/index.js`, for `require`: many CDK apps and their Jest tests are CommonJS, and
 * Jest cannot `require` an ES module. `dist/lib/index.js`, for `import`, leads to the same bundle. So the package holds
 * the code once, and in an app with both kinds of modules a `ConfigError` is of one class.
 */
export async function buildConstruct(project: string, dist: string): Promise<Metafile> {
  const { metafile } = await build({
    absWorkingDir: project,
    entryPoints: ['lib/index.ts'],
    outfile: join(dist, 'cjs/index.js'),
    bundle: true,
    // The checks of policies are most of it. Names are kept, so that the stack of an error can be read.
    minifySyntax: true,
    minifyWhitespace: true,
    minifyIdentifiers: true,
    keepNames: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    // CommonJS has another name for the folder of a module.
    define: { 'import.meta.dirname': '__dirname' },
    external: ['aws-cdk-lib', 'constructs'],
    plugins: [packagedHandlers],
    metafile: true,
    logLevel: 'warning',
  });
  await mkdir(join(dist, 'lib'), { recursive: true });
  await writeFile(join(dist, 'cjs/package.json'), '{ "type": "commonjs" }\n');
  await writeFile(join(dist, 'lib/index.js'), ES_MODULE);
  await writeFile(join(dist, 'lib/index.d.ts'), ES_DECLARATIONS);
  return metafile;
}
