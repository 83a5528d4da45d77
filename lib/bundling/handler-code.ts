import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { AssetHashType, DockerImage } from 'aws-cdk-lib/core';

const PROJECT = join(import.meta.dirname, '../..');

/** esbuild failed to bundle a handler, and has written the reason to stderr. */
class BundlingError extends Error {
  override readonly name = 'BundlingError';
}

/**
 * The Lambda code of a handler in a checkout. esbuild bundles it at synth, without Docker or network access, and
 * lists its imports in `<handler>.meta.json` of the cloud assembly. The package has `packaged-handler-code.ts`
 * instead.
 *
 * @param handlerName - folder under `lambda/`.
 * @throws BundlingError at synth if esbuild fails.
 */
export function handlerCode(handlerName: string): Code {
  return Code.fromAsset(join(PROJECT, 'lambda', handlerName), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // The type requires an image. It is never used, because local bundling succeeds or throws.
      image: DockerImage.fromRegistry('none'),
      local: {
        tryBundle(outputDirectory) {
          const metafile = join(outputDirectory, '..', `${handlerName}.meta.json`);
          // esbuild's plugins need its asynchronous API, but a synth is synchronous.
          const { status } = spawnSync(
            process.execPath,
            [join(import.meta.dirname, 'bundle.ts'), handlerName, outputDirectory, metafile],
            { stdio: ['ignore', 'inherit', 'inherit'] },
          );
          if (status !== 0) throw new BundlingError(`The handler ${handlerName} could not be bundled.`);
          return true;
        },
      },
    },
  });
}
