import { describe, expect, test } from '@jest/globals';
import { FairQueue } from '../../../lambda/flow/dispatch/fair-queue.ts';

const instanceOf = ({ instanceId }: { readonly instanceId: string }) => instanceId;
const contact = (instanceId: string, contactId: string) => ({ instanceId, contactId });
/** Serves one contact after the other from instances that always have work. */
function serve(shares: FairQueue, instances: readonly string[], calls: number): string[] {
  return Array.from({ length: calls }, () => {
    const [next] = shares.order(
      instances.map((id) => contact(id, 'c')),
      instanceOf,
    );
    shares.recordService(next?.instanceId ?? '');
    return next?.instanceId ?? '';
  });
}
const count = (served: readonly string[], id: string) => served.filter((one) => one === id).length;

describe('instances that share an account', () => {
  test('one instance keeps its own order', () => {
    const waiting = ['c-3', 'c-1', 'c-2'].map((id) => contact('i-1', id));
    expect(new FairQueue().order(waiting, instanceOf)).toEqual(waiting);
  });

  test('with more work than quota get the same number of updates each', () => {
    const served = serve(new FairQueue(), ['i-1', 'i-2', 'i-3'], 300);
    expect(['i-1', 'i-2', 'i-3'].map((id) => count(served, id))).toEqual([100, 100, 100]);
  });

  test('a round goes to them in turn, the most urgent of each first', () => {
    const contacts = [contact('i-1', 'a'), contact('i-1', 'b'), contact('i-1', 'c'), contact('i-2', 'x')];
    const ordered = new FairQueue().order(contacts, instanceOf);
    expect(ordered.map(({ contactId }) => contactId)).toEqual(['a', 'x', 'b', 'c']);
  });

  test('a round without a single token changes no turn', () => {
    const shares = new FairQueue();
    serve(shares, ['i-1', 'i-2'], 3);
    const waiting = [contact('i-1', 'a'), contact('i-2', 'x')];
    expect(shares.order(waiting, instanceOf)).toEqual(shares.order(waiting, instanceOf));
    expect(serve(shares, ['i-1', 'i-2'], 1)).toEqual(['i-2']);
  });

  test('an instance that was idle gets its share from now on, and nothing for the past', () => {
    const shares = new FairQueue();
    serve(shares, ['i-1'], 1_000);
    const served = serve(shares, ['i-1', 'i-2'], 10);
    expect([count(served, 'i-1'), count(served, 'i-2')]).toEqual([5, 5]);
  });

  test('nothing to put in order changes no turn', () => {
    const shares = new FairQueue();
    expect(shares.order([], instanceOf)).toEqual([]);
    const served = serve(shares, ['i-1', 'i-2'], 10);
    expect([count(served, 'i-1'), count(served, 'i-2')]).toEqual([5, 5]);
  });

  test('an instance whose work comes and goes gets no more than one that always has work', () => {
    const shares = new FairQueue();
    const served = Array.from({ length: 100 }, (_, round) => [
      ...serve(shares, ['i-1'], round % 3),
      ...serve(shares, ['i-1', 'i-2'], 2),
    ]).flat();
    expect(count(served, 'i-2')).toBe(100);
  });
});
