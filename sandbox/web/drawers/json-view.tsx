import { useState } from 'preact/hooks';

/** Long lists and texts are cut until somebody asks. */
const shownItems = 50;
const shownCharacters = 600;

/** JSON that folds. `depth`: how many levels stand open. */
export function JsonView({ value, depth = 2 }: { value: unknown; depth?: number }) {
  return (
    <div class="json">
      <JsonNode value={value} depth={depth} />
    </div>
  );
}

function JsonNode({ value, depth }: { value: unknown; depth: number }) {
  const [open, setOpen] = useState(depth > 0);
  const [all, setAll] = useState(false);
  if (typeof value === 'string') return <JsonText text={value} />;
  if (value === null || typeof value !== 'object') {
    return <span class="json-word">{String(value)}</span>;
  }
  const list = Array.isArray(value);
  const entries = Object.entries(value);
  if (entries.length === 0) return <span class="json-word">{list ? '[]' : '{}'}</span>;
  const shown = all ? entries : entries.slice(0, shownItems);
  return (
    <>
      <button
        type="button"
        class="json-fold"
        aria-expanded={open}
        aria-label={`${list ? 'list' : 'object'} of ${entries.length}`}
        onClick={() => setOpen(!open)}
      >
        {open ? '▾' : '▸'} {list ? `[${entries.length}]` : `{${entries.length}}`}
      </button>
      {open && (
        <ul class="json-children">
          {shown.map(([key, child]) => (
            <li key={key}>
              <span class="json-key">{key}</span>: <JsonNode value={child} depth={depth - 1} />
            </li>
          ))}
          {shown.length < entries.length && (
            <li>
              <button type="button" class="text-button" onClick={() => setAll(true)}>
                {entries.length - shown.length} more
              </button>
            </li>
          )}
        </ul>
      )}
    </>
  );
}

function JsonText({ text }: { text: string }) {
  const [all, setAll] = useState(false);
  const cut = !all && text.length > shownCharacters;
  return (
    <span class="json-text">
      "{cut ? text.slice(0, shownCharacters) : text}"
      {cut && (
        <button type="button" class="text-button" onClick={() => setAll(true)}>
          {text.length - shownCharacters} more characters
        </button>
      )}
    </span>
  );
}
