import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Person } from '../../api/workspace.ts';
import { useActions, useApp } from '../state/context.ts';
import { Avatar } from '../ui/avatar.tsx';
import { movedRow } from '../ui/combobox-keys.ts';
import { useFloating } from '../ui/floating.ts';
import { Icon } from '../ui/icon.tsx';

/** Who you are, and everybody else you may be. */
export function PersonSwitcher() {
  const { be } = useActions();
  const me = useApp((state) => state.workspace?.me ?? null);
  const people = useApp((state) => state.workspace?.people);
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  if (!me) return null;
  return (
    <div class="switcher">
      <button
        ref={button}
        type="button"
        class="switcher-button"
        data-testid="person-switcher"
        aria-haspopup="listbox"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown' && !open) {
            event.preventDefault();
            setOpen(true);
          }
        }}
      >
        <Avatar person={me} size={30} />
        <span class="switcher-words">
          <span class="switcher-name">
            <span class="quiet-on-strip">You are </span>
            {me.realName}
          </span>
          <span class="switcher-role">{me.role}</span>
        </span>
        <span class="visually-hidden">. Be somebody else</span>
        <Icon name="down" size={16} />
      </button>
      {open && (
        <PeopleList
          id={id}
          button={button}
          people={(people ?? []).filter((person) => !person.isBot)}
          me={me.id}
          onClose={(refocus) => {
            setOpen(false);
            if (refocus) button.current?.focus();
          }}
          onPick={(person) => void be(person.id)}
        />
      )}
    </div>
  );
}

function PeopleList(props: {
  id: string;
  button: preact.RefObject<HTMLButtonElement | null>;
  people: Person[];
  me: string;
  onClose: (refocus: boolean) => void;
  onPick: (person: Person) => void;
}) {
  const { id, people, button, onClose } = props;
  const list = useRef<HTMLDivElement>(null);
  const [marked, setMarked] = useState(
    Math.max(
      0,
      people.findIndex((person) => person.id === props.me),
    ),
  );
  const style = useFloating(button, true, { width: 380 });
  useLayoutEffect(() => {
    list.current?.focus();
  }, []);
  useEffect(() => {
    const elsewhere = (event: PointerEvent) => {
      const target = event.target as Node;
      if (!list.current?.contains(target) && !button.current?.contains(target)) onClose(false);
    };
    addEventListener('pointerdown', elsewhere);
    return () => removeEventListener('pointerdown', elsewhere);
  }, [button, onClose]);

  function pick(person: Person | undefined): void {
    // A deactivated person cannot sign in.
    if (person?.deleted) return;
    onClose(true);
    if (person) props.onPick(person);
  }

  return (
    <div
      ref={list}
      id={id}
      class="listbox people-list"
      role="listbox"
      tabIndex={0}
      aria-label="Be somebody else"
      aria-activedescendant={`${id}-${marked}`}
      style={{ ...style, maxHeight: '70vh' }}
      onKeyDown={(event) => {
        const moved = movedRow(event.key, marked, people.length);
        if (moved !== null) setMarked(moved);
        else if (event.key === 'Enter' || event.key === ' ') pick(people[marked]);
        else if (event.key === 'Escape' || event.key === 'Tab') onClose(true);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      {people.map((person, index) => (
        <div
          key={person.id}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          class={
            person.deleted ? 'listbox-option person-row person-gone' : 'listbox-option person-row'
          }
          aria-selected={person.id === props.me}
          aria-disabled={person.deleted || undefined}
          data-marked={index === marked || undefined}
          data-person={person.id}
          onClick={() => pick(person)}
          onKeyDown={() => undefined}
        >
          <Avatar person={person} size={32} />
          <span>
            <span class="person-name">{person.realName}</span>
            <span class="choice-detail">{person.role}</span>
          </span>
          {person.id === props.me && <Icon name="check" size={16} />}
        </div>
      ))}
    </div>
  );
}
