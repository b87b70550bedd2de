import type { ComponentChildren, RefObject } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { useFloating } from './floating.ts';

export type MenuItem = {
  label: string;
  detail?: string;
  danger?: boolean;
  href?: string;
  onPick: () => void;
};

/** A button that opens a menu: arrow keys, Home, End, Enter, Escape, and a click elsewhere closes. */
export function MenuButton(props: {
  label: string;
  class: string;
  items: MenuItem[];
  children: ComponentChildren;
  align?: 'start' | 'end';
  title?: string;
  testId?: string;
}) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const close = (refocus: boolean) => {
    setOpen(false);
    if (refocus) button.current?.focus();
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        class={props.class}
        aria-label={props.label}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        data-testid={props.testId}
        title={props.title}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown' && !open) {
            event.preventDefault();
            setOpen(true);
          }
        }}
      >
        {props.children}
      </button>
      {open && (
        <Menu
          id={id}
          anchor={button}
          label={props.label}
          items={props.items}
          align={props.align ?? 'end'}
          onClose={close}
        />
      )}
    </>
  );
}

function Menu(props: {
  id: string;
  anchor: RefObject<HTMLButtonElement | null>;
  label: string;
  items: MenuItem[];
  align: 'start' | 'end';
  onClose: (refocus: boolean) => void;
}) {
  const { anchor, onClose } = props;
  const list = useRef<HTMLDivElement>(null);
  const style = useFloating(anchor, true, { width: 264, align: props.align });
  useEffect(() => {
    list.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus();
    const elsewhere = (event: PointerEvent) => {
      const target = event.target as Node;
      if (!list.current?.contains(target) && !anchor.current?.contains(target)) onClose(false);
    };
    addEventListener('pointerdown', elsewhere);
    return () => removeEventListener('pointerdown', elsewhere);
  }, [anchor, onClose]);

  function move(event: KeyboardEvent): void {
    const items = [...(list.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
    const at = items.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      items.at(to % items.length)?.focus();
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      event.stopPropagation();
      onClose(true);
    }
  }

  return (
    <div
      ref={list}
      id={props.id}
      class="menu"
      role="menu"
      tabIndex={-1}
      aria-label={props.label}
      style={style}
      onKeyDown={move}
    >
      {props.items.map((item) => {
        const inside = (
          <>
            <span>{item.label}</span>
            {item.detail && <span class="menu-detail">{item.detail}</span>}
          </>
        );
        const pick = () => {
          onClose(true);
          item.onPick();
        };
        const look = item.danger ? 'menu-item menu-item-danger' : 'menu-item';
        return item.href ? (
          <a
            key={item.label}
            role="menuitem"
            tabIndex={-1}
            class={look}
            href={item.href}
            target="_blank"
            rel="noreferrer"
            onClick={pick}
          >
            {inside}
          </a>
        ) : (
          <button
            key={item.label}
            type="button"
            role="menuitem"
            tabIndex={-1}
            class={look}
            onClick={pick}
          >
            {inside}
          </button>
        );
      })}
    </div>
  );
}
