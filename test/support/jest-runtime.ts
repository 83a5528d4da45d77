import { createRequire } from 'node:module';

// Its types are those of the CommonJS module.
const { default: Runtime }: typeof import('jest-runtime') = createRequire(import.meta.url)('jest-runtime');

const CDK = /(^|\/node_modules\/)(aws-cdk-lib|constructs|cdk-nag)(\/|$)/;

/**
 * Loads the CDK once for all test files that a process runs, outside of their sandboxes. It is large: loading and
 * warming it up again for each file took half of the time of `test/lib`. So the CDK sees the environment variables of
 * the process, and not those that a test sets.
 */
export default class SharedCdkRuntime extends Runtime {
  override requireModuleOrMock<T>(from: string, moduleName: string): T {
    if (CDK.test(moduleName)) return createRequire(from)(moduleName);
    return super.requireModuleOrMock<T>(from, moduleName);
  }
}
