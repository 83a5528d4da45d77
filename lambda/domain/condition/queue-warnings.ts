import { arnId } from '../arn.ts';
import { describeValue, type Problem } from '../validation/problem.ts';
import { unlikelyText } from '../validation/unlikely-text.ts';

/** What is odd about the names and ARNs of a condition's queues: no queue, or not the one that is meant, is called so. */
export function queueWarnings(queues: readonly string[]): Problem[] {
  return queues.flatMap((queue, index) => {
    const finding = queueFinding(
      queue,
      queues.slice(0, index).find((earlier) => idOf(earlier) === idOf(queue)),
    );
    return finding ? [{ ...finding, path: ['queues', index] }] : [];
  });
}

/** The id in an ARN; of a name or an id itself. */
function idOf(queue: string): string | undefined {
  return queue.startsWith('arn:') ? arnId(queue, 'queue') : queue;
}

/** @param earlier - an entry before it that means the same queue; undefined: there is none. */
function queueFinding(
  queue: string,
  earlier: string | undefined,
): Pick<Problem, 'code' | 'message'> | undefined {
  const found = describeValue(queue);
  const unlikely = unlikelyText(queue, true);
  if (unlikely !== undefined) return { code: 'unlikely-text', message: `${found} ${unlikely}` };
  if (earlier !== undefined) {
    const message =
      earlier === queue
        ? `${found} stands in this list twice. Remove one, or correct it.`
        : `The queue with the id ${idOf(queue)} stands in this list twice, by its id and by its ARN. Remove one, or correct it.`;
    return { code: 'repeated-value', message };
  }
  if (queue.includes('*')) {
    const message = `${found} is one plain name, its asterisk included. Write each queue, or leave out queues for all.`;
    return { code: 'literal-wildcard', message };
  }
  const names = queue.split(/[;|]/);
  return names.length > 1 && names.every((name) => name !== '')
    ? { code: 'literal-operator', message: `${found} is one name. Write each queue as an entry of its own.` }
    : undefined;
}
