import { useMemo } from 'preact/hooks';
import { Paragraphs } from '../text/formatted.tsx';
import type { Raw } from './read.ts';
import { readRichText } from './rich-text-model.ts';

export function RichText({ raw }: { raw: Raw }) {
  const paragraphs = useMemo(() => readRichText(raw), [raw]);
  return (
    <div class="block-rich-text">
      <Paragraphs paragraphs={paragraphs} />
    </div>
  );
}
