import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DeleteParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { CONFIGURATION_MAX_AGE_SECONDS } from '../../lambda/domain/deployment-constants.ts';
import { type LocalCentre, startLocalCentre } from '../../local/centre/local-centre.ts';
import type { ConnectCallRecord } from '../../local/connect/index.ts';
import type { HandlerModules } from '../../local/system/system-functions.ts';
import { advanceClock, installClock } from '../../local/time/clock.ts';

export const INSTANCE = {
  id: '11111111-2222-3333-4444-555555555555',
  account: '123456789012',
  region: 'eu-central-1',
};
export const INSTANCE_ARN = `arn:aws:connect:${INSTANCE.region}:${INSTANCE.account}:instance/${INSTANCE.id}`;
export const PREFIX = '/connect-escalator';

/** A local centre with one queue and no agents, its clients, and the updates that it got. */
export interface TestCentre extends LocalCentre {
  readonly ssm: SSMClient;
  readonly sqs: SQSClient;
  readonly logDirectory: string;
  /** The calls of UpdateContactRoutingData, in order. */
  readonly updates: readonly ConnectCallRecord[];
  /** Resolves when there have been `count` updates. */
  waitForUpdates(count: number): Promise<void>;
  /** Puts a parameter under {@link PREFIX}, and waits until the configuration with it is in force in each handler. */
  putParameter(name: string, value: string): Promise<void>;
  /** Deletes a parameter under {@link PREFIX}, and waits likewise. */
  deleteParameter(name: string): Promise<void>;
  /** Adds a contact that waits until the end of the test. */
  arrive(contactId: string, channel?: 'VOICE' | 'CHAT'): void;
}

/**
 * Starts a centre with the installed clock and warm functions.
 *
 * @param handlers - default: the sources under `lambda/`.
 */
export async function startTestCentre(handlers?: HandlerModules): Promise<TestCentre> {
  const logDirectory = mkdtempSync(join(tmpdir(), 'e2e-'));
  const restoreClock = installClock();
  const updates: ConnectCallRecord[] = [];
  let onUpdate: () => void = () => {};
  const local = await startLocalCentre({
    port: 0,
    instance: INSTANCE,
    queues: [{ id: 'q' }],
    agents: [],
    random: () => 0.5,
    prefix: PREFIX,
    logDirectory,
    handlers,
    onCall(call) {
      if (call.api !== 'UpdateContactRoutingData') return;
      updates.push(call);
      onUpdate();
    },
  });
  const ssm = new SSMClient(local.system.clientConfig);
  const sqs = new SQSClient(local.system.clientConfig);
  await local.system.warmUp();
  const settle = async () => {
    await local.system.idle();
    advanceClock(CONFIGURATION_MAX_AGE_SECONDS * 1_000 + 1);
  };
  return {
    ...local,
    ssm,
    sqs,
    logDirectory,
    updates,
    waitForUpdates(count) {
      return new Promise((resolve) => {
        onUpdate = () => {
          if (updates.length >= count) resolve();
        };
        onUpdate();
      });
    },
    async putParameter(name, Value) {
      const Name = `${PREFIX}/${name}`;
      await ssm.send(new PutParameterCommand({ Name, Value, Type: 'String', Overwrite: true }));
      await settle();
    },
    async deleteParameter(name) {
      await ssm.send(new DeleteParameterCommand({ Name: `${PREFIX}/${name}` }));
      await settle();
    },
    arrive(contactId, channel = 'VOICE') {
      local.centre.arrive(Date.now(), {
        contactId,
        channel,
        initiationMethod: 'INBOUND',
        queueId: 'q',
        handlingMs: 0,
        patienceMs: Number.POSITIVE_INFINITY,
      });
      local.driver.reschedule();
    },
    async stop() {
      ssm.destroy();
      sqs.destroy();
      await local.stop();
      restoreClock();
      rmSync(logDirectory, { recursive: true });
    },
  };
}
