import { describe, expect, test } from '@jest/globals';
import { callAws, formatAwsError } from '../../../cli/aws/call-aws.ts';
import { AwsError } from '../../../cli/errors.ts';
import { cli } from '../support/run-cli.ts';

function named(name: string, message: string, more: object = {}): Error {
  return Object.assign(new Error(message), { name }, more);
}

describe('an error of AWS', () => {
  test.each([
    {
      error: named('CredentialsProviderError', 'Could not load credentials from any providers'),
      text: 'CredentialsProviderError: Could not load credentials from any providers. Provide AWS credentials: set AWS_PROFILE to a profile that exists, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (the local system accepts any).',
    },
    { error: new Error('Region is missing'), text: 'Region is missing. Pass --region, or set AWS_REGION.' },
    {
      error: named('AccessDeniedException', 'User: ann is not authorized to perform: ssm:PutParameter'),
      text: 'AccessDeniedException: User: ann is not authorized to perform: ssm:PutParameter. Use a role that has this permission.',
    },
    {
      error: named('ExpiredTokenException', 'The security token\n  included is expired.'),
      text: 'ExpiredTokenException: The security token included is expired. Renew the AWS credentials, for example with aws sso login.',
    },
    {
      error: new AggregateError([
        named('Error', 'connect ECONNREFUSED 127.0.0.1:1', { code: 'ECONNREFUSED' }),
        new Error('other'),
      ]),
      text: 'ECONNREFUSED: connect ECONNREFUSED 127.0.0.1:1. Nothing listens at this address: check --endpoint-url and AWS_ENDPOINT_URL, or run npm start.',
    },
    {
      error: named('ThrottlingException', 'Rate exceeded'),
      text: 'ThrottlingException: Rate exceeded. Too many requests: wait a moment, then try again.',
    },
    {
      error: named('TimeoutError', 'socket hang up'),
      text: 'TimeoutError: socket hang up. AWS did not respond in time: check the network, then try again.',
    },
    { error: named('OddException', 'Odd.'), text: 'OddException: Odd.' },
    { error: 'odd', text: 'odd.' },
  ])('is formatted as one line: $text', ({ error, text }) => {
    expect(formatAwsError('do it', error)).toBe(`Could not do it: ${text}`);
  });

  test('is thrown as AwsError', async () => {
    const failing = callAws('do it', () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toBeInstanceOf(AwsError);
  });

  test('an endpoint that is not a URL is a usage error', async () => {
    expect(await cli(['send', 'reevaluate', '--endpoint-url', '127.0.0.1:4600'])).toEqual({
      code: 2,
      out: '',
      err: 'escalator: --endpoint-url is "127.0.0.1:4600": expected a URL such as http://127.0.0.1:4600.\n',
    });
  });
});
