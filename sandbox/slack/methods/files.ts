/** files.*: the upload in three steps, file information, and deletion of the bot's own files. */
import { bot } from '../../seed.ts';
import { botMayRead, fileObject, type StoredFile } from '../files.ts';
import { isObject, type JsonObject, listOf } from '../json.ts';
import { limits } from '../limits.ts';
import { post } from '../posting.ts';
import { Refusal } from '../refusal.ts';
import type { World } from '../world.ts';
import { checkedBlocks } from './content.ts';
import { type Method, page } from './method.ts';
import { postingRefusal, writable } from './places.ts';

function visibleFile(world: World, id: string): StoredFile {
  const file = world.files.evenDeleted(id);
  if (!file || !botMayRead(file, world.botIsIn)) throw new Refusal('file_not_found');
  if (file.deleted) throw new Refusal('file_deleted');
  return file;
}

/** With `shares`, which only files.info returns: the channels and messages in which the file is shared. */
function withShares(world: World, file: StoredFile): JsonObject {
  const shares: Record<'public' | 'private', Record<string, JsonObject[]>> = {
    public: {},
    private: {},
  };
  for (const [channel, ts] of file.shares) {
    const conversation = world.channels.get(channel);
    const kind = conversation?.kind === 'public' ? 'public' : 'private';
    shares[kind][channel] = [{ ts, channel_name: conversation?.name ?? '' }];
  }
  return { ...fileObject(file, world.address.url), shares };
}

function claimed(world: World, entry: unknown): StoredFile {
  const id = isObject(entry) && typeof entry.id === 'string' ? entry.id : '';
  const upload = world.files.claim(id);
  if (!upload?.bytes) throw new Refusal('file_not_found');
  const title = isObject(entry) && typeof entry.title === 'string' ? entry.title : upload.name;
  return world.files.add({ id, name: upload.name, title, bytes: upload.bytes, user: bot.userId });
}

export const fileMethods: Record<string, Method> = {
  'files.getUploadURLExternal': {
    token: 'bot',
    scopes: ['files:write'],
    tier: 'tier4',
    args: { filename: 'text!', length: 'integer!', alt_txt: 'text', snippet_type: 'text' },
    run(world, args) {
      const length = args.integer('length') ?? 0;
      if (length < 1) {
        throw Refusal.withMessages('invalid_arguments', [
          'must be more than 0 [json-pointer:/length]',
        ]);
      }
      if (length > limits.uploadBytes.max) throw new Refusal('file_upload_size_restricted');
      const { fileId, ticket } = world.files.reserve(args.need('filename'), length);
      return { upload_url: `${world.address.url}/files/upload/v1/${ticket}`, file_id: fileId };
    },
  },
  'files.completeUploadExternal': {
    token: 'bot',
    scopes: ['files:write'],
    tier: 'tier4',
    args: {
      files: 'array!',
      channel_id: 'text',
      channels: 'text',
      thread_ts: 'text',
      initial_comment: 'text',
      blocks: 'array',
    },
    run(world, args) {
      const entries = listOf(args.array('files'));
      if (entries.length === 0) throw new Refusal('invalid_arguments');
      const named = args.text('channel_id') || args.text('channels');
      const channels = (named ?? '').split(',').filter((id) => id !== '');
      for (const id of channels) {
        // That a malformed id has its own error code is a guess; the page lists both.
        if (!/^[CGD][A-Z0-9]{2,}$/.test(id)) throw new Refusal('invalid_channel');
      }
      const places = channels.map((id) => writable(world, id));
      const blocks = checkedBlocks(world, args.array('blocks') ?? []);
      const thread = args.text('thread_ts') || undefined;
      if (thread !== undefined && places.some(({ id }) => !world.messages.get(id, thread))) {
        throw new Refusal('thread_not_found');
      }
      if (places.some((place) => postingRefusal(place, thread) !== undefined)) {
        throw new Refusal('posting_to_channel_denied');
      }
      const files = entries.map((entry) => claimed(world, entry));
      for (const place of places) {
        post(world, {
          channel: place.id,
          user: bot.userId,
          text: args.text('initial_comment') ?? '',
          blocks,
          files: files.map(({ id }) => id),
          threadTs: thread,
        });
      }
      return { files: files.map((file) => fileObject(file, world.address.url)) };
    },
  },
  'files.info': {
    token: 'bot',
    scopes: ['files:read'],
    tier: 'tier4',
    args: { file: 'text!' },
    run(world, args) {
      const file = visibleFile(world, args.need('file'));
      return {
        file: withShares(world, file),
        comments: [],
        response_metadata: { next_cursor: '' },
      };
    },
  },
  'files.list': {
    token: 'bot',
    scopes: ['files:read'],
    tier: 'tier3',
    args: { channel: 'text', user: 'text', cursor: 'text', limit: 'integer' },
    run(world, args) {
      const channel = args.text('channel');
      const user = args.text('user');
      const found = world.files
        .all()
        .filter((file) => botMayRead(file, world.botIsIn))
        .filter((file) => !channel || file.shares.has(channel))
        .filter((file) => !user || file.user === user)
        .reverse();
      const { items, next } = page(found, args, 100);
      return {
        files: items.map((file) => fileObject(file, world.address.url)),
        paging: { count: items.length, total: found.length, page: 1, pages: 1 },
        response_metadata: { next_cursor: next },
      };
    },
  },
  'files.delete': {
    token: 'bot',
    scopes: ['files:write'],
    tier: 'tier3',
    args: { file: 'text!' },
    run(world, args) {
      const file = visibleFile(world, args.need('file'));
      if (file.user !== bot.userId) throw new Refusal('cant_delete_file');
      file.deleted = true;
      return {};
    },
  },
};
