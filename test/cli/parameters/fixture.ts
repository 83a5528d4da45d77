import {
  DeleteParameterCommand,
  GetParameterCommand,
  PutParameterCommand,
  type PutParameterCommandInput,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import { VERSION } from '../../../lambda/domain/version.ts';
import type { AwsError } from '../../../local/endpoint/aws-error.ts';
import { errorResponse } from '../../../local/endpoint/json-service.ts';
import { awsForCli } from '../support/aws.ts';
import { type CliInput, cli, directoryWith } from '../support/run-cli.ts';

/** A policy that sets a priority, and has no warnings. */
export const policyOf = (priority: number) =>
  `mode: observe\nsteps:\n  - after: 0s\n    set: { priority: ${priority} }\n`;

/** What a test does before SSM handles a request of `escalator`. It may fail the request. */
type BeforeRequest = (operation: string) => Promise<AwsError | undefined> | AwsError | undefined;

/** Starts an endpoint with parameters, which a test can read and write without `escalator`. */
export async function parametersForCli() {
  const writes: string[] = [];
  let before: BeforeRequest | undefined;
  const aws = await awsForCli({
    onRequest: (name) => {
      if (/Put|Delete/.test(name)) writes.push(name);
    },
    beforeSsm: async (operation) => {
      const current = before;
      // The requests of the test itself are not meant.
      before = undefined;
      const error = await current?.(operation);
      before ??= current;
      return error && errorResponse(error);
    },
  });
  const client = new SSMClient(aws.clientConfig);
  return {
    where: aws.where,
    /** The requests that write. */
    writes,
    /** Undefined ends it. */
    beforeRequest(next: BeforeRequest | undefined) {
      before = next;
    },
    put: (Name: string, Value: string) =>
      client.send(new PutParameterCommand({ Name, Value, Type: 'String', Overwrite: true })),
    /** Writes a parameter as another tool may: of another type, or as this tool describes its own. */
    putAs: (Name: string, Value: string, input: Partial<PutParameterCommandInput>) =>
      client.send(new PutParameterCommand({ Name, Value, Type: 'String', Overwrite: true, ...input })),
    delete: (Name: string) => client.send(new DeleteParameterCommand({ Name })),
    async get(Name: string) {
      const { Parameter } = await client.send(new GetParameterCommand({ Name }));
      return { text: Parameter?.Value, version: Parameter?.Version };
    },
    async stop() {
      client.destroy();
      await aws.stop();
    },
  };
}

/** What the tests of a file share: each has a prefix of its own, with a deployment of this version, and a directory. */
export interface TestPlace {
  readonly ssm: Awaited<ReturnType<typeof parametersForCli>>;
  readonly prefix: string;
  readonly files: ReturnType<typeof directoryWith>;
  /** Takes a new directory with other files. */
  useFiles(given: Readonly<Record<string, string>>): void;
  /** Runs `escalator` in the directory, on the parameters below the prefix. */
  run(...args: string[]): ReturnType<typeof cli>;
  runWith(input: CliInput, ...args: string[]): ReturnType<typeof cli>;
}

/**
 * Prepares a place before each test of a file, and removes it after.
 *
 * @param given - the files of the directory, with their texts.
 * @param deployment - what the parameter of the deployment has besides the version.
 */
export function testPlace(given: Readonly<Record<string, string>>, deployment: object = {}): TestPlace {
  let ssm: TestPlace['ssm'];
  let files: TestPlace['files'];
  let count = 0;
  const prefix = () => `/place-${count}`;
  beforeAll(async () => {
    ssm = await parametersForCli();
  });
  afterAll(() => ssm.stop());
  beforeEach(async () => {
    count += 1;
    files = directoryWith(given);
    await ssm.put(`${prefix()}/deployment`, JSON.stringify({ version: VERSION, ...deployment }));
  });
  afterEach(() => {
    ssm.beforeRequest(undefined);
    files.remove();
  });
  const runWith: TestPlace['runWith'] = (input, ...args) =>
    cli([...args, ...ssm.where, '--prefix', prefix()], { cwd: files.path, ...input });
  return {
    get ssm() {
      return ssm;
    },
    get prefix() {
      return prefix();
    },
    get files() {
      return files;
    },
    useFiles(others) {
      files.remove();
      files = directoryWith(others);
    },
    run: (...args) => runWith({}, ...args),
    runWith,
  };
}
