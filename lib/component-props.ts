import type { ConnectInstances } from './instance-arns.ts';

/** Properties that every component of the system has in common. */
export interface ComponentProps {
  readonly instances: ConnectInstances;
  /** Whether X-Ray traces the functions. */
  readonly tracing: boolean;
}
