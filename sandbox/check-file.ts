/**
 * `npm run check-file -- FILE [--instance ALIAS] [--json]`: checks a file as the bot does, against an offline Amazon
 * Connect that the command starts. With `--config` it uses the configured instances and no sandbox.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { checkFileCommand } from '../src/check-file/check-file-command.ts';
import { checkFileByConfig, runAndPrint } from '../src/check-file/main.ts';
import { readInstances } from '../src/config/read/read-config.ts';
import { awsCredentials, policyFile } from './bot.ts';
import { startConnect } from './connect/server.ts';

await runAndPrint(process.argv.slice(2), async (wanted) => {
  if (wanted.config !== undefined) return checkFileByConfig(wanted);
  const connect = await startConnect({ port: 0 });
  // The AWS SDK reads its variables from the process environment.
  Object.assign(process.env, awsCredentials, { AWS_ENDPOINT_URL_CONNECT: connect.url });
  try {
    const read = readInstances(policyFile, (file) => readFileSync(file, 'utf8'));
    if (!read.ok)
      throw new Error(`the sandbox's own policy is wrong: ${JSON.stringify(read.problems)}`);
    return await checkFileCommand(wanted, {
      instances: read.instances,
      secretsKey: randomBytes(32),
    });
  } finally {
    await connect.stop();
  }
});
