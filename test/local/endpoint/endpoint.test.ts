import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startEndpoint } from '../../../local/endpoint/endpoint.ts';
import type { LocalRequest } from '../../../local/endpoint/http.ts';
import type { RequestLogEntry } from '../../../local/endpoint/request-log.ts';
import { createSts } from '../../../local/services/sts.ts';
import { installClock, realNow, setClockFactor } from '../../../local/time/clock.ts';
import { ACCOUNT, postJson, startTestEndpoint } from '../fixtures/aws.ts';

const SUPPORTED =
  'DynamoDB_20120810, AmazonSQS, AmazonSSM, AWSEvents, GraniteServiceVersion20100801, ServiceQuotasV20190624 ' +
  '(the first part of X-Amz-Target), Amazon Connect (/contacts/..., /search-contacts), Lambda (/2015-03-31/...), ' +
  'EventBridge Scheduler (/schedules/...) and STS GetCallerIdentity';

let endpoint: Awaited<ReturnType<typeof startTestEndpoint>>;
let received: LocalRequest[];
let names: string[];

beforeEach(async () => {
  received = [];
  names = [];
  endpoint = await startTestEndpoint(
    {
      ssm: (request) => {
        received.push(request);
        if (request.body === 'fail') throw new RangeError('A service failed.');
        return { status: 200, body: '{"from":"ssm"}' };
      },
      connect: async (request) => {
        received.push(request);
        return { status: 201, headers: { 'x-own': 'yes' }, body: 'Grüße' };
      },
      sts: createSts(ACCOUNT),
    },
    (name) => names.push(name),
  );
});

afterEach(() => endpoint.stop());

describe('the endpoint', () => {
  test('calls onResponse with each request and its response', async () => {
    const logged = Promise.withResolvers<RequestLogEntry>();
    const observed = await startEndpoint({
      port: 0,
      services: { ssm: () => ({ status: 400, body: '{"from":"ssm"}' }) },
      onResponse: logged.resolve,
    });
    await postJson(observed.url, 'AmazonSSM.GetParameter', { Name: 'é' });
    const { name, requestBody, status, responseBody, startedAt, endedAt } = await logged.promise;
    await observed.stop();
    expect({ name, status, request: requestBody(), response: responseBody() }).toEqual({
      name: 'ssm.GetParameter',
      status: 400,
      request: '{"Name":"é"}',
      response: '{"from":"ssm"}',
    });
    expect(endedAt).toBeGreaterThan(startedAt);
  });

  test('passes a request to the service that its target names', async () => {
    const { status, body } = await postJson(endpoint.url, 'AmazonSSM.GetParameter', { Name: 'x' });
    expect({ status, body }).toEqual({ status: 200, body: { from: 'ssm' } });
    expect(received).toMatchObject([
      {
        method: 'POST',
        path: '/',
        headers: { 'x-amz-target': 'AmazonSSM.GetParameter' },
        body: '{"Name":"x"}',
      },
    ]);
  });

  test('passes a request with a path and no target to Connect, and returns its response unchanged', async () => {
    const response = await fetch(`${endpoint.url}/contacts/i/c%2Fd?max=1`);
    expect(response.status).toBe(201);
    expect(response.headers.get('x-own')).toBe('yes');
    expect(await response.text()).toBe('Grüße');
    expect(received).toMatchObject([{ method: 'GET', path: '/contacts/i/c%2Fd', body: '' }]);
    expect(received[0]?.query.get('max')).toBe('1');
  });

  test('counts requests by service and operation', async () => {
    await postJson(endpoint.url, 'AmazonSSM.GetParameter', {});
    await postJson(endpoint.url, 'AmazonSSM.GetParameter', {});
    await fetch(`${endpoint.url}/contacts/i/c/routing-data`, { method: 'POST' });
    await fetch(`${endpoint.url}/contacts/i/c`);
    await fetch(`${endpoint.url}/contact/attributes/i/c`);
    await fetch(`${endpoint.url}/elsewhere`, { method: 'PUT' });
    expect(Object.fromEntries(endpoint.requests)).toEqual({
      'ssm.GetParameter': 2,
      'connect.UpdateContactRoutingData': 1,
      'connect.DescribeContact': 1,
      'connect.GetContactAttributes': 1,
      'connect.PUT /elsewhere': 1,
    });
    expect(names).toHaveLength(6);
  });

  test.each([
    ['a target of no service', 'Kinesis_20131202.ListStreams'],
    ['a service that was left out', 'AmazonSQS.ListQueues'],
  ])('rejects %s with a list of what it supports', async (_case, target) => {
    expect(await postJson(endpoint.url, target, {})).toEqual({
      status: 400,
      body: {
        __type: 'UnknownOperationException',
        message: `${target} is not supported by the local endpoint. It supports ${SUPPORTED}.`,
      },
    });
    expect(endpoint.requests.size).toBe(0);
  });

  test('rejects a request without a target or path with a list of what it supports', async () => {
    const response = await fetch(endpoint.url);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      __type: 'UnknownOperationException',
      message: `GET / is not supported by the local endpoint. It supports ${SUPPORTED}.`,
    });
  });

  test('responds with the reason when a service fails, and continues', async () => {
    const failed = await postJson(endpoint.url, 'AmazonSSM.GetParameter', 'fail');
    expect(failed).toMatchObject({ status: 500, body: { __type: 'InternalFailure' } });
    expect(failed.body.message).toMatch(/^RangeError: A service failed\.\n/);
    expect(await postJson(endpoint.url, 'AmazonSSM.GetParameter', {})).toMatchObject({ status: 200 });
  });

  test('supports GetCallerIdentity in the form-encoded protocol of STS', async () => {
    const post = (action: string) =>
      fetch(endpoint.url, { method: 'POST', body: new URLSearchParams({ Action: action }) });
    const identity = await post('GetCallerIdentity');
    expect(identity.status).toBe(200);
    expect(await identity.text()).toContain(`<Arn>arn:aws:iam::${ACCOUNT}:root</Arn>`);
    const other = await post('AssumeRole');
    expect(other.status).toBe(400);
    expect(await other.text()).toContain(
      '<Code>InvalidAction</Code><Message>AssumeRole is not supported by the local endpoint. Of the form-encoded ' +
        'operations it supports GetCallerIdentity (STS).</Message>',
    );
  });

  test('dates its responses by the installed clock, so that the SDK detects no clock skew', async () => {
    const uninstall = installClock();
    setClockFactor(1_000);
    while (Date.now() - realNow() < 5_000) await new Promise((resolve) => setTimeout(resolve, 1_000));
    const before = Date.now();
    const response = await fetch(`${endpoint.url}/contacts/i/c`);
    // The header contains whole seconds.
    expect(Date.parse(response.headers.get('date') ?? '')).toBeGreaterThan(before - 1_000);
    setClockFactor(1);
    uninstall();
  });

  test('reports a port that is in use', async () => {
    const port = Number(new URL(endpoint.url).port);
    await expect(startEndpoint({ port, services: {} })).rejects.toThrow(
      `Port ${port} on 127.0.0.1 is in use. Stop the process that uses it, or choose another port.`,
    );
  });
});
