import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** The heap usage after garbage collection, such as `5.8 MB`. */
export function heapMegabytes(): string {
  // A second collection finds what finalizers have released.
  collectGarbage();
  collectGarbage();
  return `${(process.memoryUsage().heapUsed / 2 ** 20).toFixed(1)} MB`;
}
