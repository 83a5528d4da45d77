import type { JsonObject } from '../../lambda/domain/json.ts';
import { AwsError } from '../endpoint/aws-error.ts';
import type { LocalService } from '../endpoint/http.ts';
import { createJsonService } from '../endpoint/json-service.ts';

/**
 * Service Quotas with the quotas of the local Connect.
 *
 * @param rates - calls a second that it grants, by API.
 */
export function createServiceQuotas(rates: Readonly<Record<string, number>>): LocalService {
  const list = ({ ServiceCode: code }: JsonObject) => {
    if (code !== 'connect') {
      throw new AwsError('NoSuchResourceException', `The service ${String(code)} has no quotas here.`);
    }
    return {
      Quotas: Object.entries(rates).map(([api, Value]) => ({
        ServiceCode: code,
        QuotaName: `Rate of ${api} API requests`,
        Value,
        Unit: 'None',
      })),
    };
  };
  return createJsonService('ServiceQuotas', {
    ListServiceQuotas: list,
    ListAWSDefaultServiceQuotas: list,
  });
}
