import type { JsonObject } from '../../lambda/domain/json.ts';
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

/** SSM Parameter Store, in memory. */
export function createSsm(options: ParameterStoreOptions): LocalService {
  const store = new ParameterStore(options);
  return createJsonService(
    'AmazonSSM',
    Object.fromEntries(
      Object.entries(OPERATIONS).map(([name, operation]) => [
        name,
        (input: JsonObject) => operation(input, store),
      ]),
    ),
  );
}
