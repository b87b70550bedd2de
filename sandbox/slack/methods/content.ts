/** Validation of message contents, shared by posting, updating and responding. */
import type { Block } from '../../api/messages.ts';
import {
  blocksTextLength,
  countTables,
  holdsVideo,
  messageBlockProblems,
  videoScope,
} from '../blocks/validate.ts';
import { isObject, type JsonObject } from '../json.ts';
import { limits } from '../limits.ts';
import type { Metadata } from '../messages.ts';
import { Refusal } from '../refusal.ts';
import { withIds } from '../values.ts';
import type { World } from '../world.ts';
import { needScope } from './method.ts';

/**
 * Strict validation of a message's blocks; valid blocks are returned with a block_id each.
 *
 * @throws Refusal invalid_blocks, missing_scope (for a video; that code is a guess), msg_blocks_too_long,
 * only_one_table_allowed
 */
export function checkedBlocks(world: World, blocks: unknown[]): Block[] {
  const problems = [
    ...unknownBlockProblems(world, blocks, '/blocks'),
    ...messageBlockProblems(blocks),
  ];
  if (problems.length > 0) throw Refusal.withMessages('invalid_blocks', problems);
  if (holdsVideo(blocks)) needScope(world, videoScope);
  if (countTables(blocks) > limits.tablesPerMessage.max) {
    throw Refusal.withMessages('invalid_attachments', ['only_one_table_allowed']);
  }
  if (blocksTextLength(blocks) > limits.messageBlocksText.max) {
    throw new Refusal('msg_blocks_too_long');
  }
  return withIds(blocks, () => world.ids.next('b').slice(-5)) as Block[];
}

/** Blocks introduced in 2026, which a workspace may not support yet when the fault is active. */
const newerBlocks = ['alert', 'data_table'];

/**
 * One problem for each newer block when the fault `older-blocks` is active; a call uses it up once. That a workspace
 * without a block answers as for any unknown type is a guess.
 */
export function unknownBlockProblems(world: World, blocks: unknown[], pointer: string): string[] {
  const found = blocks.flatMap((block, at) => {
    const type = isObject(block) && typeof block.type === 'string' ? block.type : '';
    return newerBlocks.includes(type) ? [{ type, at }] : [];
  });
  if (found.length === 0 || !world.faults.take('older-blocks', '')) return [];
  return found.map(
    ({ type, at }) => `unsupported type: ${type} [json-pointer:${pointer}/${at}/type]`,
  );
}

/** @throws Refusal invalid_metadata_format, invalid_metadata_schema, metadata_too_large */
export function checkedMetadata(metadata: JsonObject | undefined): Metadata | undefined {
  if (!metadata) return undefined;
  const { event_type: type, event_payload: payload } = metadata;
  if (typeof type !== 'string' || type === '' || !isObject(payload)) {
    throw new Refusal('invalid_metadata_schema');
  }
  if (Buffer.byteLength(JSON.stringify(payload)) > limits.metadataBytes.max) {
    throw new Refusal('metadata_too_large');
  }
  return { event_type: type, event_payload: payload };
}
