import { describe, expect, test } from '@jest/globals';
import { actOf, FIELDS, fieldOf, firstValues } from '../../console/acts/form.ts';

const contact = { instanceId: 'i-1', contactId: 'c-1' };
/** As the page sends it. */
const sent = (...args: Parameters<typeof actOf>) => JSON.parse(JSON.stringify(actOf(...args)));

describe('the form of an act', () => {
  test('becomes the members of the message, without what was left empty', () => {
    const values = { priority: ' 2 ', age: ' ', route: 'a\n\n b ', ttl: '', actor: 'ann', reason: '' };
    expect(sent({ type: 'override', contact }, values)).toEqual({
      type: 'override',
      ...contact,
      set: { priority: 2, route: ['a', 'b'] },
      actor: 'ann',
    });
    expect(sent({ type: 'release', contact }, { actor: '', reason: 'r' })).toEqual({
      type: 'release',
      ...contact,
      reason: 'r',
    });
    expect(sent({ type: 'signal', queue: { arn: 'arn', name: 'q' } }, { signal: 'vip', ttl: '5m' })).toEqual({
      type: 'signal',
      queueArn: 'arn',
      signal: 'vip',
      ttl: '5m',
    });
    expect(sent({ type: 'pause' }, {})).toEqual({ type: 'pause', reason: '' });
    expect(sent({ type: 'resume' }, {})).toEqual({ type: 'resume' });
  });

  test.each([
    ['1.5', 1.5],
    ['-1', -1],
    ['one', 'one'],
    ['1e3', '1e3'],
    ['0x1', '0x1'],
  ])('leaves the priority %s to the server to judge', (priority, expected) => {
    expect(sent({ type: 'override', contact }, { priority }).set).toEqual({ priority: expected });
  });

  test('begins with the person and an end', () => {
    expect(firstValues('override', 'ann')).toEqual({ priority: '1', ttl: '10m', actor: 'ann' });
    expect(firstValues('release', '')).toEqual({ actor: '' });
    expect(firstValues('pause', 'ann')).toEqual({});
  });

  test('shows a problem beside its field', () => {
    expect(fieldOf('set.priority', FIELDS.override)).toBe('priority');
    expect(fieldOf('set.route[1]', FIELDS.override)).toBe('route');
    expect(fieldOf('ttl', FIELDS.override)).toBe('ttl');
    for (const path of ['', 'set', 'contactId']) expect(fieldOf(path, FIELDS.override)).toBeUndefined();
    expect(fieldOf('actor', FIELDS.signal)).toBeUndefined();
  });
});
