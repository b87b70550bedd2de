/** The parts of the ARNs in the policy file: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */

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

/** Where an instance is, out of its ARN. */
export function partsOfArn(arn: string): InstanceArn | undefined {
  const [, partition, region, account, instanceId] = arnPattern.exec(arn) ?? [];
  if (!partition || !region || !account || !instanceId) return undefined;
  return { partition, region, account, instanceId };
}

/** Whose a role is, out of its ARN. */
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
