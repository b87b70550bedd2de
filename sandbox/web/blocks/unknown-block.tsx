/** What the page cannot draw is shown, loudly: a block left out would hide a bug of the bot or of the page. */
export function UnknownBlock(props: { what: 'block' | 'element'; type: string; problem: string }) {
  return (
    <div class="block-unknown" role="alert">
      <strong>
        Cannot show this {props.what}: <code>{props.type}</code>
      </strong>
      <span>{props.problem}</span>
    </div>
  );
}
