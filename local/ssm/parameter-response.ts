import type { ParameterVersion } from './parameter.ts';
import type { ParameterStore } from './store.ts';

/** The `Parameter` structure of GetParameter and GetParametersByPath. */
export function parameterResponse(
  parameter: ParameterVersion,
  store: ParameterStore,
  decrypt: boolean,
): object {
  return {
    Name: parameter.name,
    Type: parameter.type,
    Value: visibleValue(parameter, decrypt),
    Version: parameter.version,
    LastModifiedDate: parameter.modifiedAt / 1_000,
    ARN: store.arn(parameter.name),
    DataType: parameter.dataType,
  };
}

/** The `ParameterHistory` structure of GetParameterHistory, without the value. */
export function metadataResponse(parameter: ParameterVersion): object {
  return {
    Name: parameter.name,
    Type: parameter.type,
    KeyId: parameter.type === 'SecureString' ? (parameter.keyId ?? 'alias/aws/ssm') : undefined,
    LastModifiedDate: parameter.modifiedAt / 1_000,
    LastModifiedUser: parameter.modifiedBy,
    Description: parameter.description,
    AllowedPattern: parameter.allowedPattern,
    Version: parameter.version,
    Tier: parameter.tier,
    Policies: [],
    DataType: parameter.dataType,
  };
}

/** A SecureString's value is unreadable without decryption. The local endpoint only encodes it as base64. */
export function visibleValue({ type, value }: ParameterVersion, decrypt: boolean): string {
  return type === 'SecureString' && !decrypt ? Buffer.from(value).toString('base64') : value;
}
