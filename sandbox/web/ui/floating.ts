import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';

export type FloatingStyle = {
  position: 'fixed';
  left: string;
  top?: string;
  bottom?: string;
  width?: string;
  maxHeight: string;
};

const gap = 4;
const margin = 8;

/**
 * The position of a list or menu for `anchor`: below it, or above when there is more space. Fixed to the window, so
 * that a scrolling modal does not clip it.
 */
export function useFloating(
  anchor: RefObject<HTMLElement | null>,
  open: boolean,
  options: { width?: number; align?: 'start' | 'end' } = {},
): FloatingStyle {
  const { width, align = 'start' } = options;
  const [style, setStyle] = useState<FloatingStyle>({
    position: 'fixed',
    left: '0px',
    top: '0px',
    maxHeight: '320px',
  });
  useLayoutEffect(() => {
    const element = anchor.current;
    if (!open || !element) return;
    const place = () => {
      const box = element.getBoundingClientRect();
      const wide = Math.min(width ?? box.width, innerWidth - 2 * margin);
      const wanted = align === 'end' ? box.right - wide : box.left;
      const left = Math.max(margin, Math.min(wanted, innerWidth - wide - margin));
      const below = innerHeight - box.bottom - gap - margin;
      const above = box.top - gap - margin;
      const room = { position: 'fixed' as const, left: `${left}px`, width: `${wide}px` };
      setStyle(
        below >= 220 || below >= above
          ? { ...room, top: `${box.bottom + gap}px`, maxHeight: `${Math.min(below, 340)}px` }
          : {
              ...room,
              bottom: `${innerHeight - box.top + gap}px`,
              maxHeight: `${Math.min(above, 340)}px`,
            },
      );
    };
    place();
    addEventListener('resize', place);
    addEventListener('scroll', place, true);
    return () => {
      removeEventListener('resize', place);
      removeEventListener('scroll', place, true);
    };
  }, [anchor, open, width, align]);
  return style;
}
