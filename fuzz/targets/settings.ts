/** Policy files and environment variables: each mistake is reported, and none ends the process. */
import { readFileSync } from 'node:fs';
import { readEnvironment } from '../../src/config/environment/read-environment.ts';
import { settings } from '../../src/config/environment/settings.ts';
import { readPolicy } from '../../src/config/policy-file/read-policy.ts';
import { mutatedText, oddText } from '../odd.ts';
import { secretIn, secretMarker, type Target } from '../target.ts';

const policies = ['config.example.yaml', 'sandbox/policy.yaml'].map((file) =>
  readFileSync(file, 'utf8'),
);

export const policyFiles: Target = {
  name: 'policy files',
  weight: 3,
  timeoutMs: 1_000,
  async attempt(chance) {
    const text = chance.happens(0.9) ? mutatedText(chance, chance.pick(policies)) : oddText(chance);
    const read = readPolicy(text, 'config.yaml');
    if (read.ok) return null;
    const silent = read.problems.find(({ wrong }) => wrong.trim() === '');
    return silent ? { kind: 'uncatalogued', detail: `${silent.setting}: no sentence` } : null;
  },
};

export const environments: Target = {
  name: 'environments',
  weight: 10,
  timeoutMs: 1_000,
  async attempt(chance) {
    const env = Object.fromEntries(
      Object.keys(settings)
        .filter(() => chance.happens(0.8))
        .map((name) => [
          name,
          /TOKEN|SECRET/.test(name) && chance.happens(0.5) ? secretMarker : oddText(chance),
        ]),
    );
    // A wrong token is reported without its value.
    return secretIn(readEnvironment(env).problems);
  },
};
