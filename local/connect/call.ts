import type { RoutingUpdate } from '../../lambda/domain/routing/routing.ts';

/** The APIs that are served. */
export type ConnectApi = 'UpdateContactRoutingData' | 'DescribeContact';

/** A call before it is answered. */
export interface ConnectCall {
  readonly api: ConnectApi;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly instanceId: string;
  readonly contactId: string;
  /** What UpdateContactRoutingData was sent; undefined of other calls and of what is not valid. */
  readonly request?: RoutingUpdate;
  /** True when the contact waited in its queue as the call came. */
  readonly wasQueued: boolean;
}

/** A call and what came of it. */
export interface ConnectCallRecord extends ConnectCall {
  /** `done`, `no response` (done, but nobody was told) or the name of the exception. */
  readonly result: string;
}

/** What a call is made to meet. After `timeout-after-success` it has done its work, and nobody answers. */
export type ConnectFault = 'throttle' | 'internal' | 'conflict' | 'access-denied' | 'timeout-after-success';
