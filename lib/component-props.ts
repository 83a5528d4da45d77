import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { FunctionSettings } from './function-settings.ts';
import type { ConnectInstances } from './instance-arns.ts';

/** Properties that every component of the system has in common. */
export interface ComponentProps {
  readonly instances: ConnectInstances;
  /** What the functions have in common. */
  readonly functions: FunctionSettings;
  /** Encrypts the queues. Undefined for the key of SQS. */
  readonly encryptionKey: IKey | undefined;
  /** Where the events of Connect arrive. Undefined for the default bus. */
  readonly eventBus: IEventBus | undefined;
}
