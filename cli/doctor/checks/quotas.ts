import {
  paginateListAWSDefaultServiceQuotas,
  paginateListServiceQuotas,
  ServiceQuotasClient,
} from '@aws-sdk/client-service-quotas';
import { DEFAULT_SETTINGS, type Settings } from '../../../lambda/domain/settings.ts';
import { allItems } from '../../aws/all-items.ts';
import { withClient } from '../../aws/with-client.ts';
import type { Examination } from '../examination.ts';
import { failure, ok, type Verdict, warning } from '../finding.ts';

/** The APIs whose quotas the settings state. */
const APIS = [
  { api: 'UpdateContactRoutingData', setting: 'updateRate' },
  { api: 'DescribeContact', setting: 'describeRate' },
] as const satisfies readonly { readonly api: string; readonly setting: keyof Settings }[];

/** Compares the rates in the settings with the quotas that AWS has granted. */
export async function checkQuotas({ options, inForce }: Examination): Promise<Verdict[]> {
  const settings = inForce?.settings ?? DEFAULT_SETTINGS;
  const granted = await withClient(ServiceQuotasClient, options, readQuotas);
  return APIS.map(({ api, setting }) => {
    const rate = settings[setting];
    const quota = granted.find(({ name }) => name.includes(api))?.value;
    if (quota === undefined) {
      return warning(
        `Service Quotas does not list ${api}; the settings say ${setting}: ${rate}.`,
        'Ask AWS Support for the quota of this account and Region.',
      );
    }
    if (rate > quota) {
      return failure(
        `The settings say ${setting}: ${rate}, but AWS grants ${quota} calls of ${api} a second.`,
        `Push settings with ${setting}: ${quota}, or request a higher quota.`,
      );
    }
    if (rate === quota) return ok(`${setting}: ${rate} is what AWS grants.`);
    return ok(`AWS grants ${quota} calls of ${api} a second; ${setting}: ${rate} uses less.`);
  });
}

interface GrantedQuota {
  readonly name: string;
  /** Calls a second. */
  readonly value: number;
}

/** The quotas of Connect: those applied to the account, then the defaults for those without a value of their own. */
async function readQuotas(client: ServiceQuotasClient): Promise<GrantedQuota[]> {
  const ServiceCode = 'connect';
  const config = { client };
  const applied = await allItems(paginateListServiceQuotas(config, { ServiceCode }), ({ Quotas }) => Quotas);
  const defaults = await allItems(
    paginateListAWSDefaultServiceQuotas(config, { ServiceCode }),
    ({ Quotas }) => Quotas,
  );
  return [...applied, ...defaults].flatMap(({ QuotaName: name, Value: value }) =>
    name !== undefined && value !== undefined ? [{ name, value }] : [],
  );
}
