import { type ISecurityGroup, type IVpc, SecurityGroup, type SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { ConfigError } from './config-error.ts';
import type { Network } from './function-settings.ts';

interface NetworkProps {
  readonly vpc?: IVpc | undefined;
  readonly vpcSubnets?: SubnetSelection | undefined;
  readonly securityGroups?: readonly ISecurityGroup[] | undefined;
}

/**
 * Where the functions run. Without security groups they share a new one, which lets nothing in and everything out.
 *
 * @returns undefined for functions outside a VPC.
 * @throws ConfigError if subnets or security groups are given without a VPC.
 */
export function networkOf(
  scope: Construct,
  { vpc, vpcSubnets, securityGroups }: NetworkProps,
): Network | undefined {
  if (vpc) {
    const own = () => [
      new SecurityGroup(scope, 'SecurityGroup', { vpc, description: 'Functions of connect-escalator.' }),
    ];
    return { vpc, vpcSubnets, securityGroups: securityGroups?.length ? [...securityGroups] : own() };
  }
  const [name] = [vpcSubnets && 'vpcSubnets', securityGroups && 'securityGroups'].filter(Boolean);
  if (name) throw new ConfigError(`${name} is given without vpc. Give the vpc that has them, too.`);
  return undefined;
}

/**
 * Allows a function to have network interfaces in a VPC.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions
 */
export function grantNetworkInterfaces(role: Role): void {
  role.addToPolicy(
    new PolicyStatement({
      actions: [
        'ec2:AssignPrivateIpAddresses',
        'ec2:CreateNetworkInterface',
        'ec2:DeleteNetworkInterface',
        'ec2:DescribeNetworkInterfaces',
        'ec2:DescribeSubnets',
        'ec2:UnassignPrivateIpAddresses',
      ],
      resources: ['*'],
    }),
  );
  acknowledge(role, {
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: 'Lambda creates the network interfaces of the function, whose names are not known before.',
  });
}
