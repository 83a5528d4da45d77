import { describe, expect, test } from '@jest/globals';
import { type Address, changed, formatAddress, parseAddress } from '../../console/address.ts';

const START = parseAddress('');

describe('the address of what is shown', () => {
  test('is empty when the page is opened: everybody, in the order in which Connect answers', () => {
    expect(START).toEqual({ view: 'contacts', find: '', isDescending: false });
    expect(formatAddress(START)).toBe('#');
  });

  test.each<Partial<Address>>([
    { view: 'policies' },
    { queue: 'q-1', policy: 'gold & silver', is: 'held', find: 'a=b#c %' },
    { sort: 'tag tier', isDescending: true },
    { contact: { instanceId: 'i-1', contactId: 'a/b %2f' } },
  ])('leads back to what it was made of: %j', (given) => {
    const address = { ...START, ...given };
    expect(parseAddress(formatAddress(address))).toEqual(address);
  });

  test.each([
    '#contact=',
    '#contact=i',
    '#contact=/c',
    '#contact=%25zz/c',
    '#is=nothing',
    '#view=other',
    '#%',
  ])('that nobody made leads to everybody: %s', (hash) => {
    expect(parseAddress(hash)).toEqual(START);
  });

  test('is changed in one place, and undefined takes away', () => {
    const address = changed(START, { queue: 'q-1', find: 'x' });
    expect(address).toEqual({ ...START, queue: 'q-1', find: 'x' });
    expect(changed(address, { queue: undefined })).toEqual({ ...START, find: 'x' });
  });
});
