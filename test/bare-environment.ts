/**
 * The environment of a command that a test starts as a stranger's shell would: where programs are, and nothing of
 * the bot's. What Node has compiled is shared by the whole run, because each command would compile it anew.
 */
export function bareEnvironment(): NodeJS.ProcessEnv {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  return { PATH, ...(NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE }) };
}
