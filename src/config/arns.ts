/** Regions, and the parts of the ARNs in the policy file: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
import { createNearest } from '../text/nearest.ts';

/** Also the pattern in the JSON Schema, so that an editor refuses what the bot refuses. */
export const arnPattern =
  /^arn:(aws[a-z-]*):connect:([a-z0-9-]+):(\d{12}):instance\/([A-Za-z0-9-]{1,100})$/;
export const roleArnPattern = /^arn:(aws[a-z-]*):iam::(\d{12}):role\/[\w+=,.@/-]{1,512}$/;

export type InstanceArn = {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  readonly instanceId: string;
};

/** The account, Region and id of an instance, from its ARN. */
export function partsOfArn(arn: string): InstanceArn | undefined {
  const [, partition, region, account, instanceId] = arnPattern.exec(arn) ?? [];
  if (!partition || !region || !account || !instanceId) return undefined;
  return { partition, region, account, instanceId };
}

/** The account of a role, from its ARN. */
export function partsOfRoleArn(
  arn: string,
): { readonly partition: string; readonly account: string } | undefined {
  const [, partition, account] = roleArnPattern.exec(arn) ?? [];
  return partition && account ? { partition, account } : undefined;
}

/** The partition that a Region belongs to; its ARNs begin with it. */
export function partitionOf(region: string): 'aws' | 'aws-us-gov' | 'aws-cn' {
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  return region.startsWith('cn-') ? 'aws-cn' : 'aws';
}

/** The Regions with Amazon Connect: https://docs.aws.amazon.com/general/latest/gr/connect_region.html */
const knownRegions = [
  'us-east-1',
  'us-west-2',
  'us-gov-west-1',
  'af-south-1',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'eu-central-1',
  'eu-west-2',
] as const;

const wordsOfRegions =
  /^(us|eu|ap|ca|sa|me|af|il|mx|cn)(-gov|-iso[a-z]?)?-(north|south|east|west|central|northeast|northwest|southeast|southwest)-\d$/;

/** The Region that was probably meant, when this one has a typing error; undefined when it may exist. */
export function meantRegion(region: string): string | undefined {
  return wordsOfRegions.test(region) ? undefined : createNearest(knownRegions)(region);
}
