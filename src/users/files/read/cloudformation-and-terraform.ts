/** Users in the files of infrastructure tools: CloudFormation (and the CDK, which writes it), and Terraform's JSON. */
import { ProblemError, problem } from '../../../errors/problem.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-connect-user.html */
const cloudFormationType = 'AWS::Connect::User';
/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/connect_user */
const terraformType = 'aws_connect_user';

/** Templates have at most 1 MB; a Terraform state with thousands of users has a few. */
const longestText = 10_000_000;
const deepest = 40;

type Members = Readonly<Record<string, unknown>>;

/**
 * The number of spaces is bounded, and spaces do not match line breaks. Otherwise the time would grow with the square
 * of a file's empty lines.
 */
const terraformLanguage = /^[ \t]{0,40}resource[ \t]{1,40}"aws_connect_user"[ \t]{1,40}"/m;

/** Throws `ProblemError` for Terraform's own language, whose values only Terraform can compute. */
export function assertNoTerraform(text: string): void {
  if (terraformLanguage.test(text.slice(0, 200_000))) {
    throw new ProblemError(problem('file.terraform'));
  }
}

/**
 * The users of a template or of Terraform's JSON (`terraform show -json`), as a list of CreateUser inputs in JSON;
 * the unchanged text when it is neither.
 */
export function usersOfInfrastructure(text: string): string {
  if (!text.includes(`"${cloudFormationType}"`) && !text.includes(`"${terraformType}"`))
    return text;
  if (text.length > longestText) return text;
  let whole: unknown;
  try {
    whole = JSON.parse(text);
  } catch {
    // The reader of the assumed format reports the line of the error.
    return text;
  }
  const users: unknown[] = [];
  collect(whole, users, 0);
  return users.length === 0 ? text : JSON.stringify(users);
}

function collect(value: unknown, users: unknown[], depth: number): void {
  if (typeof value !== 'object' || value === null || depth > deepest) return;
  const { Type, Properties, type, values, resource } = value as Members;
  // Terraform's language in JSON: `resource`, the type, the name of each.
  const written = isMembers(resource) ? resource[terraformType] : undefined;
  if (isMembers(written)) {
    users.push(...Object.values(written).map((user) => ofTerraform(block(user))));
    return;
  }
  if (Type === cloudFormationType && isMembers(Properties)) {
    users.push(Properties);
    return;
  }
  if (type === terraformType && isMembers(values)) {
    users.push(ofTerraform(values));
    return;
  }
  for (const inside of Object.values(value)) collect(inside, users, depth + 1);
}

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A block in Terraform is a list with one item. */
const block = (value: unknown): Members => {
  const [first] = Array.isArray(value) ? value : [value];
  return isMembers(first) ? first : {};
};

function ofTerraform(values: Members): Members {
  const identity = block(values.identity_info);
  const phone = block(values.phone_config);
  return {
    Username: values.name,
    InstanceId: values.instance_id,
    DirectoryUserId: values.directory_user_id,
    HierarchyGroupId: values.hierarchy_group_id,
    RoutingProfileId: values.routing_profile_id,
    SecurityProfileIds: values.security_profile_ids,
    Password: values.password,
    Tags: values.tags,
    IdentityInfo: {
      FirstName: identity.first_name,
      LastName: identity.last_name,
      Email: identity.email,
      SecondaryEmail: identity.secondary_email,
    },
    PhoneConfig: {
      PhoneType: phone.phone_type,
      AutoAccept: phone.auto_accept,
      AfterContactWorkTimeLimit: phone.after_contact_work_time_limit,
      DeskPhoneNumber: phone.desk_phone_number,
    },
  };
}
