import { useMemo, useState } from 'preact/hooks';
import type { ElementValue } from '../../api/interactions.ts';
import type { Message } from '../../api/messages.ts';
import type { Spot, Surface } from '../blocks/surface.ts';
import { initialValue, type Values } from '../blocks/values.ts';
import { useActions } from '../state/context.ts';

/** The effect of interactions with elements of a message, and the error to show when one fails. */
export function useMessageSurface(message: Message): { surface: Surface; problem: string | null } {
  const { act, suggest } = useActions();
  const [picked, setPicked] = useState<Values>({});
  const [problem, setProblem] = useState<string | null>(null);
  const { channel, ts } = message;
  const surface = useMemo((): Surface => {
    const use = async ({ block, element }: Spot, value: ElementValue | null) => {
      setProblem(null);
      const failed = await act({
        channel,
        messageTs: ts,
        blockId: block.blockId,
        actionId: element.actionId,
        ...(value ? { value } : {}),
        ...(element.confirm ? { confirmed: true } : {}),
      });
      setProblem(failed);
    };
    return {
      kind: 'message',
      valueOf: ({ block, element }) =>
        picked[block.blockId]?.[element.actionId] ?? initialValue(element),
      change: (spot, value, commit) => {
        const { block, element } = spot;
        setPicked((before) => ({
          ...before,
          [block.blockId]: { ...before[block.blockId], [element.actionId]: value },
        }));
        if (commit) void use(spot, value);
      },
      press: use,
      suggest: ({ block, element }, query) =>
        suggest({
          channel,
          messageTs: ts,
          blockId: block.blockId,
          actionId: element.actionId,
          value: query,
        }),
      errorOf: () => null,
    };
  }, [act, suggest, channel, ts, picked]);
  return { surface, problem };
}
