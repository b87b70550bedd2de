/** Files in the workspace: their bytes, where they are shared, and how they are uploaded and downloaded. */
import type { FileInfo } from '../api/messages.ts';
import { bot, team } from '../seed.ts';
import { type Ids, secret } from './ids.ts';
import type { JsonObject } from './json.ts';

export type StoredFile = {
  id: string;
  name: string;
  title: string;
  mimetype: string;
  bytes: Buffer;
  user: string;
  userTeam: string;
  created: number;
  /** Channel id → the ts of the message that shares it there. */
  shares: Map<string, string>;
  /** Uploaded directly to the app through a form's file input. */
  givenToApp: boolean;
  deleted: boolean;
};

/** An upload URL that was given to the bot. */
export type PendingUpload = { fileId: string; name: string; length: number; bytes?: Buffer };

export type Files = {
  get(id: string): StoredFile | undefined;
  /** Like `get`, but includes deleted files. */
  evenDeleted(id: string): StoredFile | undefined;
  all(): StoredFile[];
  add(file: {
    name: string;
    bytes: Buffer;
    user: string;
    userTeam?: string;
    mimetype?: string | undefined;
    id?: string;
    title?: string;
  }): StoredFile;
  /** Starts an upload; the `ticket` in the answer is the last segment of its URL. */
  reserve(name: string, length: number): { fileId: string; ticket: string };
  upload(ticket: string): PendingUpload | undefined;
  /** Removes and returns the reserved upload of this file id; undefined when its bytes never arrived. */
  claim(fileId: string): PendingUpload | undefined;
};

export function createFiles(ids: Ids, now: () => Date): Files {
  const files = new Map<string, StoredFile>();
  const uploads = new Map<string, PendingUpload>();

  return {
    get: (id) => {
      const file = files.get(id);
      return file?.deleted ? undefined : file;
    },
    evenDeleted: (id) => files.get(id),
    all: () => [...files.values()].filter((file) => !file.deleted),
    add({ name, bytes, user, userTeam = team.id, mimetype, id = ids.next('F'), title = name }) {
      const file: StoredFile = {
        id,
        name,
        title,
        mimetype: mimetype ?? mimetypeOf(name),
        bytes,
        user,
        userTeam,
        created: Math.floor(now().getTime() / 1000),
        shares: new Map(),
        givenToApp: false,
        deleted: false,
      };
      files.set(file.id, file);
      return file;
    },
    reserve(name, length) {
      const fileId = ids.next('F');
      const ticket = secret();
      uploads.set(ticket, { fileId, name, length });
      return { fileId, ticket };
    },
    upload: (ticket) => uploads.get(ticket),
    claim(fileId) {
      for (const [ticket, upload] of uploads) {
        if (upload.fileId !== fileId || !upload.bytes) continue;
        uploads.delete(ticket);
        return upload;
      }
      return undefined;
    },
  };
}

const mimetypes: Record<string, string> = {
  csv: 'text/csv',
  tsv: 'text/tab-separated-values',
  txt: 'text/plain',
  json: 'application/json',
  html: 'text/html',
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  zip: 'application/zip',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

export function extensionOf(name: string): string {
  return /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
}

function mimetypeOf(name: string): string {
  return mimetypes[extensionOf(name)] ?? 'application/octet-stream';
}

/** Whether the bot may access the file: its own, uploaded to it, or shared in a conversation with the bot. */
export function botMayRead(file: StoredFile, inChannel: (channel: string) => boolean): boolean {
  if (file.user === bot.userId || file.givenToApp) return true;
  return [...file.shares.keys()].some(inChannel);
}

/**
 * The file object (docs: file object). Events contain only a stub with `check_file_info` for a file from another
 * workspace; files.info returns the full object.
 */
export function fileObject(file: StoredFile, baseUrl: string, asHint = false): JsonObject {
  if (asHint && file.userTeam !== team.id) {
    return { id: file.id, mode: 'file_access', file_access: 'check_file_info' };
  }
  const type = extensionOf(file.name) || 'binary';
  const path = `${file.userTeam}-${file.id}/${encodeURIComponent(file.name)}`;
  return {
    id: file.id,
    created: file.created,
    timestamp: file.created,
    name: file.name,
    title: file.title,
    mimetype: file.mimetype,
    filetype: type,
    pretty_type: type.toUpperCase(),
    user: file.user,
    user_team: file.userTeam,
    editable: false,
    size: file.bytes.length,
    mode: 'hosted',
    is_external: false,
    external_type: '',
    is_public: [...file.shares.keys()].some((id) => id.startsWith('C')),
    public_url_shared: false,
    display_as_bot: false,
    username: '',
    url_private: `${baseUrl}/files/files-pri/${path}`,
    url_private_download: `${baseUrl}/files/files-pri/${path}?download=1`,
    permalink: `${baseUrl}/files/${file.user}/${file.id}/${encodeURIComponent(file.name)}`,
    channels: [...file.shares.keys()].filter((id) => id.startsWith('C')),
    groups: [...file.shares.keys()].filter((id) => id.startsWith('G')),
    ims: [...file.shares.keys()].filter((id) => id.startsWith('D')),
    file_access: 'visible',
    is_starred: false,
    has_rich_preview: false,
  };
}

export function fileInfo(file: StoredFile): FileInfo {
  return {
    id: file.id,
    name: file.name,
    mimetype: file.mimetype,
    size: file.bytes.length,
    user: file.user,
    url: `/sandbox/files/${file.id}`,
  };
}
