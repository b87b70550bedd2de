/**
 * The environment of a command that a test starts as a new user's shell would: only the program paths, and no
 * settings of the bot. Node's compile cache is shared by the whole run, because each command would otherwise compile
 * the same code again.
 */
export function bareEnvironment(): NodeJS.ProcessEnv {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  return { PATH, ...(NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE }) };
}
