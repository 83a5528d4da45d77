import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { findQueueArn } from '../../../cli/send/find-queue.ts';
import { startDeployedSystem } from '../doctor/deployed-system.ts';
import { cli } from '../support/run-cli.ts';

const INSTANCE_ID = '11111111-2222-3333-4444-555555555555';
const arnOf = (id: string) => `arn:aws:connect:eu-central-1:123456789012:instance/${INSTANCE_ID}/queue/${id}`;

let system: Awaited<ReturnType<typeof startDeployedSystem>>;
beforeAll(async () => {
  system = await startDeployedSystem();
});
afterAll(() => system.stop());
afterEach(() => {
  system.state.intercept = () => undefined;
});

const signal = (...args: string[]) => cli(['send', 'signal', 'busy', '--dry-run', ...args, ...system.where]);

const options = () => ({ endpointUrl: system.where[1], region: 'eu-central-1' });

/** Connect lists these names, each on a page of its own. */
const list = (...names: string[]) => {
  let page = 0;
  system.state.intercept = (_service, operation) => {
    if (!operation.includes('queues-summary')) return undefined;
    const id = `q-${page}`;
    const QueueSummaryList = [{ Id: id, Arn: arnOf(id), Name: names[page++] }];
    return page < names.length ? { QueueSummaryList, NextToken: String(page) } : { QueueSummaryList };
  };
};

describe('send signal --queue', () => {
  test('finds the queue by its name, on whatever page it is', async () => {
    list('Sales', 'Billing', 'Support');
    expect(await signal('--queue', 'Billing')).toEqual({
      code: 0,
      err: '',
      out: `${JSON.stringify({ type: 'signal', queueArn: arnOf('q-1'), signal: 'busy' })}\n`,
    });
  });

  test.each([['q-1'], [arnOf('q-1')], [` ${arnOf('q-1')}`]])(
    'takes %j, an id or an ARN, too',
    async (queue) => {
      list('Sales', 'Billing', 'Support');
      const { code, out } = await signal('--queue', queue);
      expect({ code, queueArn: JSON.parse(out).queueArn }).toEqual({ code: 0, queueArn: arnOf('q-1') });
    },
  );

  test.each([
    [['Billing', 'Billing 2', 'Sales'], 'Biling', 'Did you mean Billing or Billing 2?'],
    [['Sales'], 'Billing', 'Pass the name as Connect shows it, or the ARN as --contact-queue.'],
    [['billing'], 'Billing', 'Did you mean billing?'],
  ])('of the names %j none is %s', async (names, name, advice) => {
    list(...names);
    expect(await signal('--queue', name)).toEqual({
      code: 2,
      err: `escalator: Connect does not know a queue of the name ${name} in ${INSTANCE_ID}. ${advice}\n`,
      out: '',
    });
  });

  test('refuses a name that two instances have', async () => {
    system.state.intercept = (_service, operation) =>
      operation.includes('queues-summary')
        ? { QueueSummaryList: [{ Id: 'q', Arn: arnOf('q'), Name: 'Billing' }] }
        : undefined;
    await expect(findQueueArn('Billing', ['i-1', 'i-2'], options())).rejects.toThrow(
      '2 instances have a queue of the name Billing: pass --instance-id, or one of their ARNs as --contact-queue: ' +
        `${arnOf('q')}, ${arnOf('q')}.`,
    );
    expect((await signal('--queue', 'Billing', '--instance-id', INSTANCE_ID)).code).toBe(0);
  });

  test('is refused beside --contact-queue', async () => {
    const { code, err } = await signal('--queue', 'Billing', '--contact-queue', arnOf('q-1'));
    expect([code, err]).toEqual([
      2,
      'escalator: Found both --queue and --contact-queue; expected one of them: a name or an ARN.\n',
    ]);
  });
});
