import { Button } from "@mantine/core";
import { Plural, Trans } from "@lingui/react/macro";
import { useLingui } from "@lingui/react";
import { IconArrowBackUp } from "@tabler/icons-react";
import { useEffect, useReducer } from "react";
import { BED_WORDS } from "@ihims/ui/words/beds.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { serverNow } from "../../platform/clock.ts";
import type { Board } from "./board.ts";
import { current, secondsLeft, type Undoable, type UndoStack } from "./undo.ts";

/** How often the countdown looks at the clock. */
const COUNT_MS = 250;

/** What was done last, and ten seconds to take it back: with a tap, with Tab and Enter, or with Ctrl+Z. */
export function UndoBar({ board, stack }: { board: Board; stack: UndoStack }) {
  const [, count] = useReducer((n: number) => n + 1, 0);
  const now = serverNow();
  const last = current(stack, now).at(-1);
  useEffect(() => {
    if (!last) return;
    const timer = setInterval(count, COUNT_MS);
    return () => clearInterval(timer);
  }, [last]);
  if (!last) return null;
  return <Bar key={last.id} board={board} last={last} seconds={secondsLeft(last, now)} />;
}

function Bar({ board, last, seconds }: { board: Board; last: Undoable; seconds: number }) {
  const { i18n } = useLingui();
  const formats = useFormats();
  const name = last.what.kind === "changed" ? i18n._(BED_WORDS[last.what.type]) : "";
  return (
    <div className="undo-bar">
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
        onFocus={() => board.holdUndo(last)}
        onClick={() => void board.undo(last)}
      >
        <Trans>Undo</Trans>
        <span className="undo-seconds" aria-hidden="true">
          {formats.number(seconds)} <Trans context="short for seconds">s</Trans>
        </span>
      </Button>
    </div>
  );
}
