import { Trans, useLingui } from "@lingui/react/macro";
import { useState, type ChangeEvent, type KeyboardEvent } from "react";
import { BEDS_MAX } from "@ihims/core/beds/schema.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { stepped, typedCount } from "./edits.ts";
import { leavesText, moveOf, type Move } from "./grid.ts";

interface Props {
  /** Bed type and count, as "ICU, occupied": what whoever hears the page is told. */
  label: string;
  value: number | undefined;
  /** Id of an element that says more: the figure in one sentence. */
  describedBy?: string | undefined;
  tabIndex?: number;
  /** Place in the grid, for finding it again: "2:0". */
  cell?: string | undefined;
  /** The person begins to type: what stands there now is what they saw. */
  onBegin(): void;
  onTyped(count: number): void;
  onStepped(count: number): void;
  /** Nothing more is coming for now. */
  onLeave(): void;
  onFocus?: (() => void) | undefined;
  /** The person leaves by an arrow. Without it the arrows only move the caret. */
  onMove?: ((move: Move) => void) | undefined;
  /** The person has saved with Enter and goes on. */
  onNext?: (() => void) | undefined;
}

/**
 * A count with − and +. Digits replace it, Enter saves and goes on, Escape gives up, + and - step.
 * What is being typed is never replaced: a new value that arrives meanwhile stands beside it.
 */
export function CountField(props: Props) {
  const { value, onMove } = props;
  const { t } = useLingui();
  const formats = useFormats();
  const [draft, setDraft] = useState<{ text: string; over: number | undefined }>();
  const shown = value === undefined ? "" : formats.number(value);
  const isTooMany = draft !== undefined && draft.text !== "" && typedCount(draft.text) === undefined;
  const arrived = draft !== undefined && draft.over !== value ? value : undefined;

  function change({ currentTarget }: ChangeEvent<HTMLInputElement>) {
    if (!/^[\d\u0966-\u096f,\s]*$/.test(currentTarget.value)) return;
    if (!draft) props.onBegin();
    setDraft({ text: currentTarget.value, over: draft ? draft.over : value });
  }

  /** Hand over what was typed. A text that is no count stays, with its error. */
  function commit(): boolean {
    if (!draft) return true;
    if (draft.text.trim() === "") return cancel();
    const count = typedCount(draft.text);
    if (count === undefined) return false;
    setDraft(undefined);
    props.onTyped(count);
    return true;
  }

  function cancel(): boolean {
    setDraft(undefined);
    return true;
  }

  function step(by: number) {
    const from = draft ? (typedCount(draft.text) ?? value) : value;
    setDraft(undefined);
    props.onStepped(stepped(from, by));
  }

  function press(event: KeyboardEvent<HTMLInputElement>) {
    const by = stepOf(event.key);
    if (by !== undefined && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      return step(by);
    }
    if (event.key === "Escape" && draft) {
      event.preventDefault();
      return void cancel();
    }
    if (event.key === "Enter") {
      event.preventDefault();
      if (commit()) {
        props.onLeave();
        props.onNext?.();
      }
      return;
    }
    const move = onMove && moveOf(event.key, event.ctrlKey);
    if (!move) return;
    const { selectionStart: start, selectionEnd: end, value: text } = event.currentTarget;
    if (draft && !leavesText(move, { start, end, length: text.length })) return;
    event.preventDefault();
    if (commit()) onMove(move);
  }

  return (
    <div className="count" data-drafting={draft !== undefined || undefined}>
      <button
        type="button"
        className="count-step"
        tabIndex={-1}
        aria-label={t`One fewer: ${props.label}`}
        disabled={(value ?? 0) === 0}
        onClick={() => step(-1)}
      >
        −
      </button>
      <input
        className="count-input"
        role="spinbutton"
        inputMode="numeric"
        autoComplete="off"
        enterKeyHint="next"
        maxLength={7}
        size={3}
        tabIndex={props.tabIndex}
        data-cell={props.cell}
        aria-label={props.label}
        aria-describedby={props.describedBy}
        aria-valuenow={value}
        aria-valuetext={value === undefined ? t`not known` : undefined}
        aria-valuemin={0}
        aria-valuemax={BEDS_MAX}
        aria-invalid={isTooMany || undefined}
        placeholder="–"
        value={draft ? draft.text : shown}
        onChange={change}
        onKeyDown={press}
        onFocus={(event) => {
          event.currentTarget.select();
          props.onFocus?.();
        }}
        onBlur={() => {
          commit();
          props.onLeave();
        }}
      />
      <button
        type="button"
        className="count-step"
        tabIndex={-1}
        aria-label={t`One more: ${props.label}`}
        onClick={() => step(1)}
      >
        +
      </button>
      {isTooMany && (
        <p className="count-note" role="alert">
          <Trans>At most {formats.number(BEDS_MAX)}</Trans>
        </p>
      )}
      {arrived !== undefined && !isTooMany && (
        <p className="count-note" role="status">
          <Trans>now {formats.number(arrived)}</Trans>
        </p>
      )}
    </div>
  );
}

/** The step that a key stands for. Not the arrows: in a grid they go to another cell. */
function stepOf(key: string): number | undefined {
  if (key === "+" || key === "=") return 1;
  return key === "-" || key === "_" ? -1 : undefined;
}
