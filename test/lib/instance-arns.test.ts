import { describe, expect, test } from '@jest/globals';
import { ConfigError } from '../../lib/config-error.ts';
import { parseInstanceArns } from '../../lib/instance-arns.ts';
import { INSTANCE, OTHER_INSTANCE } from './synthesize.ts';

const PASS =
  'Pass the ARN of the instance: npx cdk deploy -c instanceArn=' +
  'arn:aws:connect:eu-central-1:123456789012:instance/11111111-2222-3333-4444-555555555555';

const IN_PROPERTY =
  "Pass the ARN of the instance: instanceArns: ['" +
  "arn:aws:connect:eu-central-1:123456789012:instance/11111111-2222-3333-4444-555555555555']";

const BOTH = {
  partition: 'aws',
  region: 'eu-central-1',
  account: '123456789012',
  arns: [INSTANCE, OTHER_INSTANCE],
  ids: ['11111111-2222-3333-4444-555555555555', '66666666-7777-8888-9999-000000000000'],
};

describe('instances are parsed from', () => {
  test.each([
    { name: 'an array', value: [INSTANCE, OTHER_INSTANCE] },
    { name: 'a string with commas', value: `${INSTANCE},${OTHER_INSTANCE}` },
    { name: 'a string with commas, blanks and an empty element', value: ` ${INSTANCE} , ${OTHER_INSTANCE},` },
    { name: 'an array with a repeat', value: [INSTANCE, OTHER_INSTANCE, INSTANCE] },
  ])('$name', ({ value }) => {
    expect(parseInstanceArns(value)).toEqual(BOTH);
  });

  test('one ARN of another partition', () => {
    const arn = INSTANCE.replace('arn:aws:', 'arn:aws-us-gov:').replace('eu-central-1', 'us-gov-west-1');
    expect(parseInstanceArns(arn)).toEqual({
      partition: 'aws-us-gov',
      region: 'us-gov-west-1',
      account: '123456789012',
      arns: [arn],
      ids: ['11111111-2222-3333-4444-555555555555'],
    });
  });
});

const MISSING =
  'No Connect instance is given. Pass its ARN: npx cdk deploy -c instanceArn=' +
  'arn:aws:connect:eu-central-1:123456789012:instance/11111111-2222-3333-4444-555555555555';

const ELSEWHERE = INSTANCE.replace('eu-central-1', 'us-east-1');

describe('an error states the value, its problem and an example', () => {
  test.each([
    { value: undefined, message: MISSING },
    { value: '', message: MISSING },
    {
      value: [],
      message: `No Connect instance is given. ${IN_PROPERTY.replace('the ARN of the instance', 'its ARN')}`,
    },
    {
      value: 42,
      message: `instanceArn is 42, which is neither a string nor a list of strings. ${PASS}`,
    },
    {
      value: '11111111-2222-3333-4444-555555555555',
      message: `instanceArn "11111111-2222-3333-4444-555555555555" is not an ARN. ${PASS}`,
    },
    {
      value: `${INSTANCE}/queue/1`,
      message:
        `instanceArn "${INSTANCE}/queue/1": its resource is ` +
        '"instance/11111111-2222-3333-4444-555555555555/queue/1", ' +
        `not instance/ and a lower-case UUID, and nothing after it. ${PASS}`,
    },
    {
      value: INSTANCE.replace('arn:aws', 'arn:amazon'),
      message:
        `instanceArn "${INSTANCE.replace('arn:aws', 'arn:amazon')}": ` +
        `its partition is "amazon", not aws, aws-us-gov or the like. ${PASS}`,
    },
    {
      value: INSTANCE.replace('eu-central-1', ''),
      message:
        `instanceArn "${INSTANCE.replace('eu-central-1', '')}": ` +
        `its Region is "", not a Region, such as eu-central-1. ${PASS}`,
    },
    {
      name: 'every problem of every ARN',
      value: [INSTANCE, 'arn:aws:sqs:eu-central-1:12:instance/11111111-2222-3333-4444-555555555555', 'x'],
      message:
        'instanceArn "arn:aws:sqs:eu-central-1:12:instance/11111111-2222-3333-4444-555555555555": ' +
        'its service is "sqs", not connect; ' +
        'instanceArn "arn:aws:sqs:eu-central-1:12:instance/11111111-2222-3333-4444-555555555555": ' +
        'its account is "12", not twelve digits; ' +
        `instanceArn "x" is not an ARN. ${IN_PROPERTY}`,
    },
    {
      name: 'instances of two Regions',
      value: [INSTANCE, ELSEWHERE],
      message:
        `The instances ${INSTANCE}, ${ELSEWHERE} are not all in one account and Region. ` +
        'The quota is counted per account and Region, so deploy a stack for each of them with its instances.',
    },
  ])('$name $value', ({ value, message }) => {
    expect(() => parseInstanceArns(value)).toThrow(new ConfigError(message));
  });
});
