import type { FileInfo } from '../../api/messages.ts';
import { sizeWords } from '../text/dates.ts';
import { Icon } from '../ui/icon.tsx';

export function FileCard({ file }: { file: FileInfo }) {
  if (file.mimetype.startsWith('image/')) {
    return (
      <a class="file-picture" href={file.url} target="_blank" rel="noreferrer">
        <img class="image-full" src={file.url} alt={file.name} />
      </a>
    );
  }
  return (
    <a class="file-card" href={file.url} target="_blank" rel="noreferrer" download={file.name}>
      <span class="file-card-icon">
        <Icon name="file" size={22} />
      </span>
      <span>
        <span class="file-card-name">{file.name}</span>
        <span class="quiet">
          {(file.name.includes('.') ? file.name.split('.').at(-1) : file.mimetype)?.toUpperCase()} ·{' '}
          {sizeWords(file.size)}
        </span>
      </span>
    </a>
  );
}
