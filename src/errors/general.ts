/** Catalogue of errors: what no other area has foreseen. */
import type { ErrorEntry } from './entry.ts';

export const generalErrors = {
  unexpected: {
    sentence: 'Something unexpected went wrong.',
    todo: 'Try again. If it happens again, give the operator this reference: {reference}.',
  },
} as const satisfies Record<string, ErrorEntry>;
