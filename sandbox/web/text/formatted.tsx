import { useMemo } from 'preact/hooks';
import type { TextModel } from '../blocks/read.ts';
import { useApp } from '../state/context.ts';
import { channelOf, personName } from '../state/names.ts';
import { Emoji } from '../ui/emoji.tsx';
import { formatDate, fullMoment } from './dates.ts';
import { emojiName, emojiPattern } from './emoji.ts';
import { parseMrkdwn, parsePlain } from './mrkdwn.ts';
import type { Inline, Paragraph } from './nodes.ts';

/** A message's or text object's mrkdwn. */
export function Mrkdwn({ text, verbatim = false }: { text: string; verbatim?: boolean }) {
  const paragraphs = useMemo(() => parseMrkdwn(text, { verbatim }), [text, verbatim]);
  return <Paragraphs paragraphs={paragraphs} />;
}

export function TextObject({ text }: { text: TextModel }) {
  if (text.markup) return <Mrkdwn text={text.text} verbatim={text.verbatim} />;
  return <Plain text={text.text} emoji={text.emoji} />;
}

export function Plain({ text, emoji = true }: { text: string; emoji?: boolean }) {
  const nodes = useMemo(() => parsePlain(text, emoji), [text, emoji]);
  return <Inlines nodes={nodes} />;
}

export function Paragraphs({ paragraphs }: { paragraphs: Paragraph[] }) {
  return (
    <>
      {paragraphs.map((paragraph, index) => (
        <ParagraphView key={index} paragraph={paragraph} />
      ))}
    </>
  );
}

function ParagraphView({ paragraph }: { paragraph: Paragraph }) {
  switch (paragraph.kind) {
    case 'paragraph':
      return (
        <div class="text-line">
          <Inlines nodes={paragraph.children} />
        </div>
      );
    case 'quote':
      return (
        <blockquote>
          <Inlines nodes={paragraph.children} />
        </blockquote>
      );
    case 'pre':
      return (
        <pre>
          <Inlines nodes={paragraph.children} />
        </pre>
      );
    case 'heading':
      return (
        <div class="text-heading">
          <Inlines nodes={paragraph.children} />
        </div>
      );
    case 'rule':
      return <hr />;
    case 'list':
      return <List list={paragraph} />;
    case 'grid':
      return (
        <div class="table-scroll">
          <table class="block-table">
            <thead>
              <tr>
                {paragraph.head.map((cell, index) => (
                  <th key={index} scope="col">
                    <Inlines nodes={cell} />
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {paragraph.rows.map((row, index) => (
                <tr key={index}>
                  {row.map((cell, column) => (
                    <td key={column}>
                      <Inlines nodes={cell} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      );
  }
}

function List({ list }: { list: Extract<Paragraph, { kind: 'list' }> }) {
  const items = list.items.map((item, index) => (
    <li key={index}>
      <Inlines nodes={item} />
    </li>
  ));
  const indent = { marginInlineStart: `${list.indent * 1.5}em` };
  return list.ordered ? (
    <ol start={list.start} style={indent}>
      {items}
    </ol>
  ) : (
    <ul style={indent}>{items}</ul>
  );
}

export function Inlines({ nodes }: { nodes: Inline[] }) {
  return (
    <>
      {nodes.map((node, index) => (
        <InlineView key={index} node={node} />
      ))}
    </>
  );
}

function InlineView({ node }: { node: Inline }) {
  switch (node.kind) {
    case 'text':
      return <Words text={node.text} />;
    case 'bold':
      return (
        <strong>
          <Inlines nodes={node.children} />
        </strong>
      );
    case 'italic':
      return (
        <em>
          <Inlines nodes={node.children} />
        </em>
      );
    case 'strike':
      return (
        <s>
          <Inlines nodes={node.children} />
        </s>
      );
    case 'code':
      return (
        <code>
          <Inlines nodes={node.children} />
        </code>
      );
    case 'link':
      return (
        <a href={node.url} target="_blank" rel="noreferrer">
          <Inlines nodes={node.children} />
        </a>
      );
    case 'user':
      return <PersonMention id={node.id} />;
    case 'channel':
      return <ChannelMention id={node.id} />;
    case 'usergroup':
      return <GroupMention id={node.id} />;
    case 'broadcast':
      return <span class="mention mention-me">@{node.range}</span>;
    case 'emoji':
      return <Emoji name={node.name} />;
    case 'date':
      return <DateText node={node} />;
    case 'break':
      return <br />;
  }
}

/** Words with their emoji drawn, so that a machine without an emoji font shows them too. */
function Words({ text }: { text: string }) {
  const parts: preact.ComponentChild[] = [];
  let from = 0;
  for (const match of text.matchAll(emojiPattern)) {
    const name = emojiName(match[0]);
    if (!name) continue;
    if (match.index > from) parts.push(text.slice(from, match.index));
    parts.push(<Emoji key={match.index} name={name} />);
    from = match.index + match[0].length;
  }
  parts.push(text.slice(from));
  return <>{parts}</>;
}

function PersonMention({ id }: { id: string }) {
  const name = useApp((state) => personName(state.workspace, id));
  const mine = useApp((state) => state.me === id);
  return <span class={mine ? 'mention mention-me' : 'mention'}>@{name}</span>;
}

function ChannelMention({ id }: { id: string }) {
  const name = useApp((state) => channelOf(state.workspace, id)?.name ?? null);
  return name === null ? (
    <span class="mention">#unknown-channel</span>
  ) : (
    <span class="mention">#{name}</span>
  );
}

function GroupMention({ id }: { id: string }) {
  const group = useApp(
    (state) => state.workspace?.usergroups.find((usergroup) => usergroup.id === id) ?? null,
  );
  const mine = useApp((state) => group?.members.includes(state.me) ?? false);
  return <span class={mine ? 'mention mention-me' : 'mention'}>@{group?.handle ?? id}</span>;
}

function DateText({ node }: { node: Extract<Inline, { kind: 'date' }> }) {
  const moment = new Date(node.seconds * 1000);
  const words = formatDate(moment, node.format, node.fallback, new Date());
  const time = (
    <time dateTime={moment.toISOString()} title={fullMoment(moment)}>
      {words}
    </time>
  );
  return node.url ? (
    <a href={node.url} target="_blank" rel="noreferrer">
      {time}
    </a>
  ) : (
    time
  );
}
