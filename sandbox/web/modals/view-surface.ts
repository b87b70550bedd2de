import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ElementValue } from '../../api/interactions.ts';
import type { View } from '../../api/views.ts';
import { readBlock } from '../blocks/block-model.ts';
import type { Spot, Surface } from '../blocks/surface.ts';
import { currentValue, type Values, viewValues } from '../blocks/values.ts';
import { useActions } from '../state/context.ts';

/** How long a pause in typing lasts before the typed text is sent to the server. */
const restMs = 400;

/**
 * The functions of a modal or an App Home for its elements. Typed values are kept through updates of the view, as in
 * Slack, while block and action ids stay the same. They are also sent to the server, so that an interaction contains
 * the whole state and a reloaded page shows it again.
 */
export function useViewSurface(view: View): {
  surface: Surface;
  problem: string | null;
  setProblem: (problem: string | null) => void;
  values: () => Values;
  setErrors: (errors: Record<string, string>) => void;
} {
  const { act, type, suggest } = useActions();
  const [drafts, setDrafts] = useState<Values>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const latest = useRef({ drafts, view });
  latest.current = { drafts, view };
  const waiting = useRef(new Map<string, { timer: number; send: () => void }>());

  /** Immediately sends the values that were not sent yet. */
  const flush = useCallback(() => {
    for (const { timer, send } of [...waiting.current.values()]) {
      clearTimeout(timer);
      send();
    }
  }, []);
  useEffect(() => flush, [flush]);

  const surface = useMemo((): Surface => {
    const rest = (key: string, send: () => void) => {
      const before = waiting.current.get(key);
      if (before) clearTimeout(before.timer);
      const once = () => {
        waiting.current.delete(key);
        send();
      };
      waiting.current.set(key, { timer: window.setTimeout(once, restMs), send: once });
    };
    const press = async ({ block, element }: Spot, value: ElementValue | null) => {
      flush();
      setProblem(null);
      const failed = await act({
        viewId: view.id,
        blockId: block.blockId,
        actionId: element.actionId,
        ...(value ? { value } : {}),
        ...(element.confirm ? { confirmed: true } : {}),
      });
      setProblem(failed);
    };
    return {
      kind: view.type,
      valueOf: ({ block, element }) => currentValue(block.blockId, element, view.values, drafts),
      change: (spot, value, commit) => {
        const { block, element } = spot;
        setDrafts((before) => ({
          ...before,
          [block.blockId]: { ...before[block.blockId], [element.actionId]: value },
        }));
        setErrors(({ [block.blockId]: _, ...others }) => others);
        const send = async () => {
          const failed = await type(view.id, block.blockId, element.actionId, value);
          if (failed) setProblem(failed);
        };
        const dispatches = block.kind !== 'input' || block.dispatch;
        const key = `${block.blockId}\n${element.actionId}`;
        if (dispatches && element.confirm) void press(spot, value);
        else if (element.kind === 'text') {
          // The text of a dispatching element is sent only when it dispatches, because sending it is what triggers
          // the dispatch.
          const characters = element.dispatchOn.includes('on_character_entered');
          if (!dispatches || (commit && characters)) rest(key, send);
          else if (commit) {
            flush();
            void send();
          }
        } else {
          flush();
          void send();
        }
      },
      press,
      suggest: ({ block, element }, query) => {
        flush();
        return suggest({
          viewId: view.id,
          blockId: block.blockId,
          actionId: element.actionId,
          value: query,
        });
      },
      errorOf: (block) => errors[block.blockId] ?? view.errors[block.blockId] ?? null,
    };
  }, [act, type, suggest, flush, view, drafts, errors]);

  const values = useCallback(() => {
    for (const { timer } of waiting.current.values()) clearTimeout(timer);
    waiting.current.clear();
    const now = latest.current;
    const blocks = now.view.blocks.map((block, index) => readBlock(block, now.view.type, index));
    return viewValues(blocks, now.view.values, now.drafts);
  }, []);

  return { surface, problem, setProblem, values, setErrors };
}
