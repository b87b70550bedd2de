import type { ComposerSuggestion } from './suggest.ts';

export function ComposerSuggestions(props: {
  id: string;
  suggestions: ComposerSuggestion[];
  marked: number;
  onPick: (suggestion: ComposerSuggestion) => void;
}) {
  return (
    <div
      class="composer-suggestions"
      id={`${props.id}-list`}
      role="listbox"
      tabIndex={-1}
      aria-label="Suggestions"
      onMouseDown={(event) => event.preventDefault()}
    >
      {props.suggestions.map((suggestion, index) => (
        <div
          key={suggestion.key}
          id={`${props.id}-${index}`}
          role="option"
          tabIndex={-1}
          class="listbox-option"
          aria-selected={index === props.marked}
          data-marked={index === props.marked || undefined}
          onClick={() => props.onPick(suggestion)}
          onKeyDown={() => undefined}
        >
          <span class="suggestion-title">{suggestion.title}</span>
          <span class="choice-detail">{suggestion.detail}</span>
        </div>
      ))}
    </div>
  );
}
