import { join } from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';

/**
 * The Lambda code of a handler in the installed package, which contains the bundles: a synth then needs no esbuild.
 * `npm run build` puts this module in the place of `handler-code.ts`, and all of `lib` into one file in a folder
 * beside `handlers`.
 *
 * @param handlerName - folder under `lambda/`.
 */
export function handlerCode(handlerName: string): Code {
  return Code.fromAsset(join(import.meta.dirname, '../handlers', handlerName));
}
