import { sizeWords } from '../text/dates.ts';
import { Icon } from '../ui/icon.tsx';

export function AttachedFiles(props: { files: File[]; onRemove: (file: File) => void }) {
  if (props.files.length === 0) return null;
  return (
    <ul class="attached-files" aria-label="Files to send">
      {props.files.map((file, index) => (
        <li key={`${file.name}-${index}`} class="file-chip">
          <Icon name="file" size={16} />
          <span class="file-chip-name">{file.name}</span>
          <span class="quiet">{sizeWords(file.size)}</span>
          <button
            type="button"
            class="icon-button icon-button-small"
            aria-label={`Remove ${file.name}`}
            onClick={() => props.onRemove(file)}
          >
            <Icon name="close" size={14} />
          </button>
        </li>
      ))}
    </ul>
  );
}
