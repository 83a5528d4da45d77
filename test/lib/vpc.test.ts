import { describe, expect, test } from '@jest/globals';
import { SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { ConfigError } from '../../lib/index.ts';
import { findResource, nameOf, ownFunctions, synthesize, synthesizeWith } from './synthesize.ts';

test('the functions run in the private subnets, with a security group of their own', () => {
  const { template } = synthesizeWith((stack) => ({ vpc: new Vpc(stack, 'Vpc') }));
  for (const { Properties } of Object.values(ownFunctions(template))) {
    const subnets: string[] = Properties.VpcConfig.SubnetIds.map(nameOf);
    expect(subnets).toHaveLength(3);
    expect(subnets.filter((subnet) => !subnet.startsWith('VpcPrivateSubnet'))).toEqual([]);
    expect(Properties.VpcConfig.SecurityGroupIds.map(nameOf)).toEqual(['EscalatorSecurityGroup']);
  }
  const { SecurityGroupIngress, SecurityGroupEgress } = findResource(
    template,
    'EscalatorSecurityGroup',
  ).Properties;
  expect({ SecurityGroupIngress, SecurityGroupEgress }).toEqual({
    SecurityGroupIngress: undefined,
    SecurityGroupEgress: [expect.objectContaining({ CidrIp: '0.0.0.0/0', IpProtocol: '-1' })],
  });
});

test('subnets and security groups may be given', () => {
  const { template } = synthesizeWith((stack) => {
    const vpc = new Vpc(stack, 'Vpc', {
      subnetConfiguration: [
        { name: 'Public', subnetType: SubnetType.PUBLIC },
        { name: 'Private', subnetType: SubnetType.PRIVATE_WITH_EGRESS },
        { name: 'Functions', subnetType: SubnetType.PRIVATE_ISOLATED },
      ],
    });
    return {
      vpc,
      vpcSubnets: { subnetGroupName: 'Functions' },
      securityGroups: [new SecurityGroup(stack, 'Group', { vpc })],
    };
  });
  for (const { Properties } of Object.values(ownFunctions(template))) {
    expect(Properties.VpcConfig.SecurityGroupIds.map(nameOf)).toEqual(['Group']);
    for (const subnet of Properties.VpcConfig.SubnetIds.map(nameOf))
      expect(subnet).toMatch(/^VpcFunctionsSubnet/);
  }
  expect(Object.keys(template.findResources('AWS::EC2::SecurityGroup'))).toHaveLength(1);
});

test('each function may have network interfaces, only in a VPC', () => {
  const statement = expect.objectContaining({
    Action: expect.arrayContaining([
      'ec2:CreateNetworkInterface',
      'ec2:DescribeSubnets',
      'ec2:DeleteNetworkInterface',
    ]),
    Resource: '*',
  });
  const { template } = synthesizeWith((stack) => ({ vpc: new Vpc(stack, 'Vpc') }));
  for (const { Properties } of Object.values(ownFunctions(template))) {
    const policy = findResource(template, `${nameOf(Properties.Role)}DefaultPolicy`);
    expect(policy.Properties.PolicyDocument.Statement).toContainEqual(statement);
  }
  expect(JSON.stringify(synthesize().template.findResources('AWS::IAM::Policy'))).not.toContain('ec2:');
});

describe('without a VPC', () => {
  test('the functions run outside one', () => {
    const functions = Object.values(ownFunctions(synthesize().template));
    expect(functions.map(({ Properties }) => Properties.VpcConfig)).toEqual(Array(5).fill(undefined));
  });

  test.each([
    { name: 'vpcSubnets', props: { vpcSubnets: {} } },
    { name: 'securityGroups', props: { securityGroups: [] } },
  ])('$name are rejected', ({ name, props }) => {
    expect(() => synthesize(props)).toThrow(
      new ConfigError(`${name} is given without vpc. Give the vpc that has them, too.`),
    );
  });
});
