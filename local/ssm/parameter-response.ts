import type { ParameterVersion } from './parameter.ts';
import type { ParameterStore } from './store.ts';

/** A parameter as GetParameter and its like answer it. */
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

/** What is known of a parameter beside its value, as DescribeParameters and GetParameterHistory answer it. */
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

/** Without decryption a SecureString's value cannot be read: here it is merely disguised. */
export function visibleValue({ type, value }: ParameterVersion, decrypt: boolean): string {
  return type === 'SecureString' && !decrypt ? Buffer.from(value).toString('base64') : value;
}
