import type { JsonObject } from '../../lambda/domain/json.ts';
import type { LocalService } from '../endpoint/http.ts';
import { createJsonService } from '../endpoint/json-service.ts';
import { deleteParameter, deleteParameters } from './delete-parameter.ts';
import { describeParameters } from './describe-parameters.ts';
import { getParameter, getParameters } from './get-parameter.ts';
import { getParameterHistory } from './get-parameter-history.ts';
import { getParametersByPath } from './get-parameters-by-path.ts';
import { putParameter } from './put-parameter.ts';
import { ParameterStore, type ParameterStoreOptions } from './store.ts';
import { addTagsToResource, listTagsForResource, removeTagsFromResource } from './tags.ts';

type Operation = (input: JsonObject, store: ParameterStore) => object;

const OPERATIONS: Readonly<Record<string, Operation>> = {
  AddTagsToResource: addTagsToResource,
  DeleteParameter: deleteParameter,
  DeleteParameters: deleteParameters,
  DescribeParameters: describeParameters,
  GetParameter: getParameter,
  GetParameterHistory: getParameterHistory,
  GetParameters: getParameters,
  GetParametersByPath: getParametersByPath,
  ListTagsForResource: listTagsForResource,
  PutParameter: putParameter,
  RemoveTagsFromResource: removeTagsFromResource,
};

/** The Parameter Store of SSM, in memory. */
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
