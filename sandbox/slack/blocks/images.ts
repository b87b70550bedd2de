/** An image by URL or by Slack file, as an element of a block and as the base of the image block. */
import type { JsonObject } from '../json.ts';
import { limits } from '../limits.ts';
import {
  type Check,
  filledString,
  oneOf,
  type Place,
  refuse,
  shape,
  string,
  urlProblem,
} from './schema.ts';

export const imageMembers: Record<string, Check> = {
  image_url: string(limits.imageUrl, urlProblem),
  slack_file: shape({
    optional: { id: filledString, url: string(undefined, urlProblem) },
    also: (value, place) => {
      if ('id' in value === 'url' in value) refuse(place, 'must define either `id` or `url`');
    },
  }),
};

/** Exactly one source (docs: image). */
export function oneImageSource(value: JsonObject, place: Place): void {
  if ('image_url' in value === 'slack_file' in value) {
    refuse(place, 'must define either `image_url` or `slack_file`');
  }
}

export const image: Check = shape({
  required: { type: oneOf('image'), alt_text: string(limits.imageAlt) },
  optional: imageMembers,
  also: oneImageSource,
});
