import { useMemo } from 'preact/hooks';
import type { Block } from '../../api/messages.ts';
import { Element } from '../elements/element.tsx';
import { Mrkdwn, Paragraphs, Plain, TextObject } from '../text/formatted.tsx';
import { parseMarkdown } from '../text/markdown.ts';
import { type BlockModel, type BlockOf, readBlock } from './block-model.ts';
import { DataTableBlock } from './data-table-block.tsx';
import { ImageView } from './image-view.tsx';
import { InputBlock } from './input-block.tsx';
import { RichText } from './rich-text.tsx';
import { useSurface } from './surface.ts';
import { TableBlock } from './table-block.tsx';
import { UnknownBlock } from './unknown-block.tsx';

/** All blocks of a message, a modal or an App Home. */
export function Blocks({ blocks }: { blocks: readonly Block[] }) {
  const { kind } = useSurface();
  const models = useMemo(
    () => blocks.map((block, index) => readBlock(block, kind, index)),
    [blocks, kind],
  );
  return (
    <div class="blocks">
      {models.map((block) => (
        <BlockView key={block.blockId} block={block} />
      ))}
    </div>
  );
}

function BlockView({ block }: { block: BlockModel }) {
  switch (block.kind) {
    case 'section':
      return <SectionBlock block={block} />;
    case 'header':
      return (
        <h3 class="block-header">
          <Plain text={block.text.text} emoji={block.text.emoji} />
        </h3>
      );
    case 'divider':
      return <hr class="block-divider" />;
    case 'context':
      return (
        <div class="block-context">
          {block.elements.map((element, index) =>
            'kind' in element ? (
              <Element key={index} block={block} element={element} />
            ) : (
              <span key={index} class="block-context-text">
                <TextObject text={element} />
              </span>
            ),
          )}
        </div>
      );
    case 'actions':
      return (
        <div class="block-actions">
          {block.elements.map((element, index) => (
            <Element key={element.actionId || index} block={block} element={element} />
          ))}
        </div>
      );
    case 'input':
      return <InputBlock block={block} />;
    case 'image':
      return (
        <figure class="block-image">
          {block.title && (
            <figcaption>
              <Plain text={block.title.text} emoji={block.title.emoji} />
            </figcaption>
          )}
          <ImageView url={block.url} alt={block.alt} />
        </figure>
      );
    case 'rich_text':
      return <RichText raw={block.raw} />;
    case 'table':
      return <TableBlock block={block} />;
    case 'data_table':
      return <DataTableBlock block={block} />;
    case 'alert':
      return (
        <div class={`block-alert block-alert-${block.level}`} role="note">
          <TextObject text={block.text} />
        </div>
      );
    case 'markdown':
      return (
        <div class="block-markdown">
          <Paragraphs paragraphs={parseMarkdown(block.text)} />
        </div>
      );
    case 'unknown':
      return <UnknownBlock what="block" type={block.type} problem={block.problem} />;
  }
}

function SectionBlock({ block }: { block: BlockOf<'section'> }) {
  return (
    <div class="block-section">
      <div class="block-section-body">
        {block.text && <TextObject text={block.text} />}
        {block.fields.length > 0 && (
          <div class="block-fields">
            {block.fields.map((field, index) => (
              <div key={index}>
                {field.markup ? (
                  <Mrkdwn text={field.text} verbatim={field.verbatim} />
                ) : (
                  <Plain text={field.text} emoji={field.emoji} />
                )}
              </div>
            ))}
          </div>
        )}
      </div>
      {block.accessory && (
        <div class="block-accessory">
          <Element block={block} element={block.accessory} />
        </div>
      )}
    </div>
  );
}
