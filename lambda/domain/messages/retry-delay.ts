import { MAX_RETRY_DELAY_SECONDS } from '../deployment-constants.ts';
import { stableHash } from '../stable-hash.ts';

const FIRST_DELAY_SECONDS = 2;

/**
 * How long a message that failed stays hidden until it is delivered again, in seconds: 2, 4, 8 … at most
 * {@link MAX_RETRY_DELAY_SECONDS}, and up to half as much again, which differs by message, so that messages of one
 * contact that failed together do not come back together.
 *
 * @param receiveCount - how often the message was delivered, from 1.
 */
export function retryDelaySeconds(messageId: string, receiveCount: number): number {
  const doubled = FIRST_DELAY_SECONDS * 2 ** Math.max(0, receiveCount - 1);
  const delay = Math.min(MAX_RETRY_DELAY_SECONDS, doubled);
  return delay + (stableHash(`${messageId}#${receiveCount}`) % (delay / 2 + 1));
}
