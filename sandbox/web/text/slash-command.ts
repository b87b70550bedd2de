/** `/connect-add-user mary` → the command and the rest; null when it is not a command of this workspace. */
export function slashCommand(
  typed: string,
  commands: readonly { command: string }[],
): { command: string; text: string } | null {
  const match = /^(\/\S+)(?:\s+([\s\S]*))?$/.exec(typed.trim());
  const command = match?.[1];
  if (!command || !commands.some((known) => known.command === command)) return null;
  return { command, text: match?.[2]?.trim() ?? '' };
}
