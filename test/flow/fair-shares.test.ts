import { describe, expect, test } from '@jest/globals';
import { FairShares } from '../../lambda/flow/fair-shares.ts';

const contact = (instanceId: string, contactId: string) => ({ instanceId, contactId });
/** Serves one contact after the other from instances that always have work. */
function serve(shares: FairShares, instances: readonly string[], calls: number): string[] {
  return Array.from({ length: calls }, () => {
    const [next] = shares.order(instances.map((id) => contact(id, 'c')));
    shares.served(next?.instanceId ?? '');
    return next?.instanceId ?? '';
  });
}
const count = (served: readonly string[], id: string) => served.filter((one) => one === id).length;

describe('instances that share an account', () => {
  test('one instance keeps its own order', () => {
    const waiting = ['c-3', 'c-1', 'c-2'].map((id) => contact('i-1', id));
    expect(new FairShares().order(waiting)).toEqual(waiting);
  });

  test('with work for more than the quota get the same number of calls each', () => {
    const served = serve(new FairShares(), ['i-1', 'i-2', 'i-3'], 300);
    expect(['i-1', 'i-2', 'i-3'].map((id) => count(served, id))).toEqual([100, 100, 100]);
  });

  test('a round goes to them in turn, the most urgent of each first', () => {
    const ordered = new FairShares().order([
      contact('i-1', 'a'),
      contact('i-1', 'b'),
      contact('i-1', 'c'),
      contact('i-2', 'x'),
    ]);
    expect(ordered.map(({ contactId }) => contactId)).toEqual(['a', 'x', 'b', 'c']);
  });

  test('a round without a single token changes nobody’s turn', () => {
    const shares = new FairShares();
    serve(shares, ['i-1', 'i-2'], 3);
    const waiting = [contact('i-1', 'a'), contact('i-2', 'x')];
    expect(shares.order(waiting)).toEqual(shares.order(waiting));
    expect(serve(shares, ['i-1', 'i-2'], 1)).toEqual(['i-2']);
  });

  test('one that was idle gets its part from now on, and not what it left before', () => {
    const shares = new FairShares();
    serve(shares, ['i-1'], 1_000);
    const served = serve(shares, ['i-1', 'i-2'], 10);
    expect([count(served, 'i-1'), count(served, 'i-2')]).toEqual([5, 5]);
  });
});
