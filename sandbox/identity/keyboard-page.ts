/** The page on which a person chooses an account; there are no passwords, as in the rest of the sandbox. */
import type { Account } from './identity-provider.ts';

export function keyboardPage(
  accounts: readonly Account[],
  ways: readonly string[],
  asked: Readonly<Record<string, unknown>>,
): string {
  const button = (value: string, text: string) =>
    `<button name="sub" value="${escaped(value)}">${escaped(text)}</button>`;
  const people = accounts.map(({ sub, name = sub, email = '' }) =>
    button(sub, `${name} (${email})`),
  );
  const options = ways.map((way) => `<option>${escaped(way)}</option>`);
  const wanted = String(asked.acr_values ?? 'any');
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sign in</title>
<style>body{font:1rem/1.5 system-ui;max-width:32rem;margin:3rem auto;padding:0 1rem}button{display:block;width:100%;margin:.4rem 0;padding:.6rem;font:inherit;text-align:left}</style>
<h1>The sandbox’s identity provider</h1>
<p>The bot asks somebody to sign in (max_age ${escaped(String(asked.max_age ?? 'none'))} s, acr_values ${escaped(wanted)}). Who are you?</p>
<form>
<p><label>Way to sign in (acr): <select name="acr">${options.join('')}</select></label></p>
${people.join('\n')}
${button('', 'Nobody: do not sign in')}
</form>
</html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
