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
  const { label, value } = props;
  const { t } = useLingui();
  const formats = useFormats();
  const { draft, isTooMany, change, commit, press, step } = useDraft(props);
  const shown = value === undefined ? "" : formats.number(value);
  return (
    <div className="count" data-drafting={draft !== undefined || undefined}>
      <button
        type="button"
        className="count-step"
        tabIndex={-1}
        aria-label={t`One fewer: ${label}`}
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
        aria-label={label}
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
        aria-label={t`One more: ${label}`}
        onClick={() => step(1)}
      >
        +
      </button>
      <Note isTooMany={isTooMany} arrived={draft && draft.over !== value ? value : undefined} />
    </div>
  );
}

/** What stands below a count that is being typed: why it cannot be, or what arrived meanwhile. */
function Note({ isTooMany, arrived }: { isTooMany: boolean; arrived: number | undefined }) {
  const formats = useFormats();
  if (isTooMany) {
    return (
      <p className="count-note" role="alert">
        <Trans>At most {formats.number(BEDS_MAX)}</Trans>
      </p>
    );
  }
  if (arrived === undefined) return null;
  return (
    <p className="count-note" role="status">
      <Trans>now {formats.number(arrived)}</Trans>
    </p>
  );
}

/** What is typed and not handed over yet, over which value, and what the keys do with it. */
function useDraft({ value, onBegin, onTyped, onStepped, onLeave, onMove, onNext }: Props) {
  const [draft, setDraft] = useState<{ text: string; over: number | undefined }>();
  const isTooMany = draft !== undefined && draft.text.trim() !== "" && typedCount(draft.text) === undefined;

  function change({ currentTarget }: ChangeEvent<HTMLInputElement>) {
    if (!/^[\d\u0966-\u096f,\s]*$/.test(currentTarget.value)) return;
    if (!draft) onBegin();
    setDraft({ text: currentTarget.value, over: draft ? draft.over : value });
  }

  /** Hand over what was typed; an emptied field is as before. A text that is no count stays, with its error. */
  function commit(): boolean {
    if (!draft) return true;
    const count = typedCount(draft.text);
    if (count === undefined && draft.text.trim() !== "") return false;
    setDraft(undefined);
    if (count !== undefined) onTyped(count);
    return true;
  }

  function step(by: number) {
    const from = draft ? (typedCount(draft.text) ?? value) : value;
    setDraft(undefined);
    onStepped(stepped(from, by));
  }

  function press(event: KeyboardEvent<HTMLInputElement>) {
    const by = event.ctrlKey || event.metaKey ? undefined : stepOf(event.key);
    if (by !== undefined) {
      event.preventDefault();
      step(by);
    } else if (event.key === "Escape" && draft) {
      event.preventDefault();
      setDraft(undefined);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (!commit()) return;
      onLeave();
      onNext?.();
    } else if (onMove) {
      leave(event, onMove);
    }
  }

  function leave(event: KeyboardEvent<HTMLInputElement>, go: (move: Move) => void) {
    const move = moveOf(event.key, event.ctrlKey);
    if (!move) return;
    const { selectionStart: start, selectionEnd: end, value: text } = event.currentTarget;
    if (draft && !leavesText(move, { start, end, length: text.length })) return;
    event.preventDefault();
    if (commit()) go(move);
  }

  return { draft, isTooMany, change, commit, press, step };
}

/** The step that a key stands for. Not the arrows: in a grid they go to another cell. */
function stepOf(key: string): number | undefined {
  if (key === "+" || key === "=") return 1;
  return key === "-" || key === "_" ? -1 : undefined;
}
