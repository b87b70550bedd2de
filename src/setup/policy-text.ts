/** Changes to the text of the policy file that leave everything else as it is. Pure. */
import { isScalar, parseDocument, stringify } from 'yaml';

export type InstanceAnswers = {
  readonly alias: string;
  readonly arn: string;
  readonly requestsChannel: string;
};

/** The content of the first policy file; every other setting is in config.example.yaml. */
export function newPolicy(instance: InstanceAnswers, emailDomains: readonly string[]): string {
  return `# yaml-language-server: $schema=./docs/config.schema.json
#
# Made by npm run setup. Every setting, each with its default, is in config.example.yaml; docs/policy.md shows five
# complete policies. Left as it is: who holds Users – Create in Amazon Connect may ask, and somebody else of them approves.

instances:
  - alias: ${scalar(instance.alias)}
    arn: ${scalar(instance.arn)}
    requestsChannel: ${scalar(instance.requestsChannel)}

# Which Connect user a Slack person is.
identity:
  # Slack member id: Connect username, for people whose Connect username is not their email address.
  links: {}
${
  emailDomains.length === 0
    ? '  # Your own email domains: a Connect username that is the Slack email then counts as that person.\n  # emailDomains: [your-company.com]\n'
    : `  # A Connect username that is the Slack email counts as that person, in these domains.\n  emailDomains: [${emailDomains.map(scalar).join(', ')}]\n`
}`;
}

/**
 * Sets members of one instance, or adds the instance when there is no such position. Existing values are replaced in
 * place, so that comments, order and spelling of the rest are kept exactly.
 *
 * @param index the instance's position in the list; its length for a new one
 */
export function withInstance(
  text: string,
  index: number,
  changes: Partial<InstanceAnswers>,
): string {
  let changed = text;
  for (const [name, value] of Object.entries(changes)) {
    changed = withValue(changed, ['instances', index, name], value);
  }
  return changed;
}

export function withEmailDomains(text: string, domains: readonly string[]): string {
  const document = parseDocument(text);
  document.setIn(['identity', 'emailDomains'], document.createNode([...domains], { flow: true }));
  return String(document.toString({ lineWidth: 0, flowCollectionPadding: false }));
}

function withValue(text: string, path: readonly (string | number)[], value: string): string {
  const document = parseDocument(text);
  const node = document.getIn(path, true);
  if (isScalar(node) && node.range) {
    if (String(node.value) === value) return text;
    const [start, end] = node.range;
    return `${text.slice(0, start)}${scalar(value)}${text.slice(end)}`;
  }
  document.setIn(path, value);
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

/**
 * In the form that YAML reads back unchanged: without quotation marks where the text means the same anywhere in a
 * file, also between brackets, otherwise quoted on one line.
 */
function scalar(value: string): string {
  const isPlain = /^[A-Za-z0-9][^[\]{},\n]*$/.test(value) && stringify(value).trimEnd() === value;
  return isPlain ? value : JSON.stringify(value);
}
