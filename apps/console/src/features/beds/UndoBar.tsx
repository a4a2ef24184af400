import { Button } from "@mantine/core";
import { Plural, Trans } from "@lingui/react/macro";
import { useLingui } from "@lingui/react";
import { IconArrowBackUp } from "@tabler/icons-react";
import { useEffect, useReducer, useRef } from "react";
import { BED_WORDS } from "@ihims/ui/words/beds.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { serverNow } from "../../platform/clock.ts";
import type { Board } from "./board.ts";
import { current, secondsLeft, type Undoable, type UndoStack } from "./undo.ts";

/** How often the countdown looks at the clock. */
const COUNT_MS = 250;
/** With so many seconds left the countdown begins anew for who is on the button. */
const HOLD_S = 2;

/** What was done last, and ten seconds to take it back: with a tap, with Tab and Enter, or with Ctrl+Z. */
export function UndoBar({
  board,
  stack,
  onUndone,
}: Omit<BarProps, "last" | "seconds"> & { stack: UndoStack }) {
  const [, count] = useReducer((n: number) => n + 1, 0);
  const now = serverNow();
  const last = current(stack, now).at(-1);
  useEffect(() => {
    if (!last) return;
    const timer = setInterval(count, COUNT_MS);
    return () => clearInterval(timer);
  }, [last]);
  if (!last) return null;
  return <Bar key={last.id} board={board} last={last} seconds={secondsLeft(last, now)} onUndone={onUndone} />;
}

interface BarProps {
  board: Board;
  last: Undoable;
  seconds: number;
  /** It was taken back with the keyboard, which now needs another place. */
  onUndone(last: Undoable): void;
}

function Bar({ board, last, seconds, onUndone }: BarProps) {
  const { i18n } = useLingui();
  const bar = useRef<HTMLDivElement>(null);
  // Who is on the button with the keyboard is not to lose it under their fingers.
  useEffect(() => {
    if (seconds <= HOLD_S && bar.current?.contains(document.activeElement)) board.holdUndo(last);
  }, [board, last, seconds]);
  const formats = useFormats();
  const name = last.what.kind === "changed" ? i18n._(BED_WORDS[last.what.type]) : "";
  return (
    <div ref={bar} className="undo-bar">
      <span className="undo-what">
        {last.what.kind === "changed" ? (
          <Trans>{name}: changed</Trans>
        ) : (
          <Plural value={last.what.types.length} one="# figure confirmed" other="# figures confirmed" />
        )}
      </span>
      <Button
        size="sm"
        variant="default"
        leftSection={<IconArrowBackUp size={18} stroke={1.75} aria-hidden="true" />}
        aria-keyshortcuts="Control+Z"
        onClick={(event) => {
          void board.undo(last);
          // A press of a key has no count of clicks.
          if (event.detail === 0) onUndone(last);
        }}
      >
        <Trans>Undo</Trans>
        <span className="undo-seconds" aria-hidden="true">
          {formats.number(seconds)} <Trans context="short for seconds">s</Trans>
        </span>
      </Button>
    </div>
  );
}
