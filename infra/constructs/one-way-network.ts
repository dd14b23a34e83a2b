import { GatewayVpcEndpointAwsService, type IVpc, Peer, Port, SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { acknowledge } from '../nag.ts';

/** A network with a way out and none in: public subnets, no NAT to pay, S3 and DynamoDB reached without leaving AWS. */
export class OneWayNetwork extends Construct {
  readonly vpc: Vpc;
  /** Lets nothing in; out by TLS only. */
  readonly outOnly: SecurityGroup;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.vpc = new Vpc(this, 'Vpc', {
      maxAzs: 2,
      natGateways: 0,
      subnetConfiguration: [{ name: 'public', subnetType: SubnetType.PUBLIC, cidrMask: 24, mapPublicIpOnLaunch: false }],
      restrictDefaultSecurityGroup: false,
      gatewayEndpoints: {
        S3: { service: GatewayVpcEndpointAwsService.S3 },
        DynamoDb: { service: GatewayVpcEndpointAwsService.DYNAMODB },
      },
    });
    this.outOnly = new SecurityGroup(this, 'OutOnly', {
      vpc: this.vpc as IVpc,
      description: 'Nothing in, TLS out',
      allowAllOutbound: false,
    });
    this.outOnly.addEgressRule(Peer.anyIpv4(), Port.tcp(443), 'Slack and AWS');
    acknowledge(this.vpc, 'AwsSolutions-VPC7');
  }
}
