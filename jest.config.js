/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  runtime: '<rootDir>/test/support/jest-runtime.ts',
  testSequencer: '<rootDir>/test/support/test-sequencer.ts',
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2024', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
  modulePathIgnorePatterns: ['<rootDir>/cdk.out', '<rootDir>/dist'],
  // All cores: Jest leaves one idle by default, which on two cores doubles the time.
  maxWorkers: '100%',
  testTimeout: 120_000,
};
