import type { JsonObject } from '../../lambda/domain/json.ts';
import { AwsError } from '../endpoint/aws-error.ts';
import type { LocalService } from '../endpoint/http.ts';
import { createJsonService } from '../endpoint/json-service.ts';
import { deleteParameter } from './delete-parameter.ts';
import { getParameter } from './get-parameter.ts';
import { getParameterHistory } from './get-parameter-history.ts';
import { getParametersByPath } from './get-parameters-by-path.ts';
import { putParameter } from './put-parameter.ts';
import { ParameterStore, type ParameterStoreOptions } from './store.ts';

type Operation = (input: JsonObject, store: ParameterStore) => object;

/** What the handlers, the command line and the runbook use of SSM. */
const OPERATIONS: Readonly<Record<string, Operation>> = {
  DeleteParameter: deleteParameter,
  GetParameter: getParameter,
  GetParameterHistory: getParameterHistory,
  GetParametersByPath: getParametersByPath,
  PutParameter: putParameter,
};

export interface SsmOptions extends ParameterStoreOptions {
  /** Whether to throttle a request of this operation. Default: none is. */
  readonly throttles?: (operation: string) => boolean;
}

/** SSM Parameter Store, in memory. */
export function createSsm({ throttles = () => false, ...options }: SsmOptions): LocalService {
  const store = new ParameterStore(options);
  return createJsonService(
    'AmazonSSM',
    Object.fromEntries(
      Object.entries(OPERATIONS).map(([name, operation]) => [
        name,
        (input: JsonObject) => {
          if (throttles(name)) throw new AwsError('ThrottlingException', 'Rate exceeded');
          return operation(input, store);
        },
      ]),
    ),
  );
}
