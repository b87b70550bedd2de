import { useRef, useState } from 'preact/hooks';
import type { FileInfo } from '../../api/messages.ts';
import { useSurface } from '../blocks/surface.ts';
import { toBase64 } from '../state/base64.ts';
import { useActions, useApp } from '../state/context.ts';
import { failureWords } from '../state/conversations.ts';
import { sizeWords } from '../text/dates.ts';
import { Icon } from '../ui/icon.tsx';
import type { ElementProps } from './field.ts';

/** A modal's file_input: files are uploaded at once, the submission carries their ids. */
export function FileInput({ block, element, field }: ElementProps<'file'>) {
  const surface = useSurface();
  const { api } = useActions();
  const me = useApp((state) => state.me);
  const picker = useRef<HTMLInputElement>(null);
  const [known, setKnown] = useState<Record<string, FileInfo>>({});
  const [busy, setBusy] = useState(false);
  const [over, setOver] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const spot = { block, element };
  const value = surface.valueOf(spot);
  const ids = value && 'file_ids' in value ? value.file_ids : [];

  async function add(files: File[]): Promise<void> {
    setProblem(null);
    const wrong = files.find((file) => !accepted(file.name, element.filetypes));
    if (wrong) {
      setProblem(`${wrong.name} is not one of: ${element.filetypes.join(', ')}`);
      return;
    }
    if (ids.length + files.length > element.maxFiles) {
      const most = element.maxFiles === 1 ? 'one file' : `${element.maxFiles} files`;
      setProblem(`You can add ${most} at most.`);
      return;
    }
    setBusy(true);
    try {
      const added: FileInfo[] = [];
      for (const file of files) {
        const contentBase64 = await toBase64(file);
        const answer = await api.upload({
          user: me,
          name: file.name,
          contentBase64,
          ...(file.type ? { mimetype: file.type } : {}),
        });
        added.push(answer.file);
      }
      setKnown((before) => ({
        ...before,
        ...Object.fromEntries(added.map((file) => [file.id, file])),
      }));
      surface.change(spot, { file_ids: [...ids, ...added.map((file) => file.id)] }, true);
    } catch (error) {
      setProblem(failureWords(error));
    }
    setBusy(false);
  }

  return (
    <fieldset
      class={over ? 'file-input file-input-over' : 'file-input'}
      aria-labelledby={field?.labelId}
      aria-describedby={field?.describedBy}
      data-action-id={element.actionId}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void add([...(event.dataTransfer?.files ?? [])]);
      }}
    >
      {ids.map((id) => (
        <span key={id} class="file-chip">
          <Icon name="file" size={16} />
          <span class="file-chip-name">{known[id]?.name ?? id}</span>
          {known[id] && <span class="quiet">{sizeWords(known[id].size)}</span>}
          <button
            type="button"
            class="icon-button icon-button-small"
            aria-label={`Remove ${known[id]?.name ?? id}`}
            onClick={() =>
              surface.change(spot, { file_ids: ids.filter((kept) => kept !== id) }, true)
            }
          >
            <Icon name="close" size={14} />
          </button>
        </span>
      ))}
      {ids.length < element.maxFiles && (
        <div class="file-input-prompt">
          <button type="button" class="button" onClick={() => picker.current?.click()}>
            {busy && <span class="spinner" aria-hidden="true" />}
            Choose {element.maxFiles === 1 ? 'a file' : 'files'}
          </button>
          <span class="quiet">or drop {element.maxFiles === 1 ? 'it' : 'them'} here</span>
        </div>
      )}
      <input
        ref={picker}
        type="file"
        class="visually-hidden"
        tabIndex={-1}
        aria-label="File"
        multiple={element.maxFiles > 1}
        accept={element.filetypes.map((filetype) => `.${filetype}`).join(',')}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = '';
          void add(files);
        }}
      />
      {problem && (
        <p class="field-error" role="alert">
          {problem}
        </p>
      )}
    </fieldset>
  );
}

function accepted(name: string, filetypes: readonly string[]): boolean {
  if (filetypes.length === 0) return true;
  const ending = name.toLowerCase().split('.').at(-1) ?? '';
  return filetypes.some((filetype) => filetype.toLowerCase() === ending);
}
