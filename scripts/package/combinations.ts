/** An app that the package is installed into, and what runs it. */
export interface Combination {
  /** The kind of module that TypeScript makes of the app. */
  readonly moduleKind: 'esm' | 'commonjs';
  /** Version of Node.js. */
  readonly node: string;
  /** Version of aws-cdk-lib. */
  readonly cdk: string;
}

/** The oldest versions that package.json allows, and the newest there are. A test compares them with package.json. */
export const NODE_VERSIONS = { lowest: '22.12.0', newest: '24' };
export const CDK_VERSIONS = { lowest: '2.224.0', newest: '2' };

/** A version that `escalator` refuses with one sentence. */
export const UNSUPPORTED_NODE = '20';

const MODULE_KINDS = ['esm', 'commonjs'] as const;

export const COMBINATIONS: readonly Combination[] = MODULE_KINDS.flatMap((moduleKind) =>
  Object.values(NODE_VERSIONS).flatMap((node) =>
    Object.values(CDK_VERSIONS).map((cdk) => ({ moduleKind, node, cdk })),
  ),
);

/** The combination that `.ci/run` tries. */
export const USUAL: Combination = {
  moduleKind: 'commonjs',
  node: NODE_VERSIONS.newest,
  cdk: CDK_VERSIONS.newest,
};
