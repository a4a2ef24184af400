import { Trans } from "@lingui/react/macro";
import type { BedFigure } from "@ihims/core/observations/schema.ts";
import { dueOf } from "./due.ts";

/** Says in a word that a row waits for the ward; nothing when it does not. */
export function DueMark({ figure }: { figure: BedFigure }) {
  const due = dueOf(figure);
  if (due === "fine") return null;
  return (
    <span className="due-mark" data-due={due}>
      {due === "overdue" ? <Trans>overdue</Trans> : <Trans>due</Trans>}
    </span>
  );
}
