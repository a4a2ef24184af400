import { Button } from "@mantine/core";
import { Trans } from "@lingui/react/macro";
import { useLingui as useCatalogue } from "@lingui/react";
import { isOverOccupied } from "@ihims/core/beds/rules.ts";
import type { BedCounts } from "@ihims/core/beds/schema.ts";
import type { BedFigure } from "@ihims/core/observations/schema.ts";
import { useNow } from "@ihims/ui/clock.ts";
import { SOURCE_WORDS } from "@ihims/ui/words/observations.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import type { Board } from "./board.ts";
import { LAYERS, missingLayer, shownCounts, type Edit } from "./edits.ts";
import { countsOf } from "./figures.ts";
import { LAYER_WORDS } from "./words.ts";

interface Props {
  board: Board;
  figure: BedFigure;
  edit: Edit | undefined;
}

/** Whether a row has something to be known beside its figures. */
export function hasNotes({ figure, edit }: Omit<Props, "board">): boolean {
  return (
    figure.others.length > 0 ||
    isOverOccupied(shownCounts(figure, edit)) ||
    (edit !== undefined && isToBeToldOf(edit))
  );
}

function isToBeToldOf(edit: Edit): boolean {
  switch (edit.stage.kind) {
    case "sending":
      return false;
    case "gathering":
      return missingLayer(edit) !== undefined;
    default:
      return true;
  }
}

/** What has to be known of a row beside its figures. */
export function RowNotes({ board, figure, edit }: Props) {
  return (
    <div className="row-notes">
      {edit && <EditNote board={board} edit={edit} />}
      {isOverOccupied(shownCounts(figure, edit)) && (
        <p className="row-note">
          <Trans>
            More patients than staffed beds: 0 free is shown. If this is a surge or a corridor, nothing needs
            to change.
          </Trans>
        </p>
      )}
      {figure.others.map((other) => (
        <OtherSays key={other.source} {...other} />
      ))}
    </div>
  );
}

function EditNote({ board, edit }: { board: Board; edit: Edit }) {
  switch (edit.stage.kind) {
    case "not-sent":
      return <NotSent board={board} edit={edit} isWaiting={edit.stage.reason === "signed-out"} />;
    case "refused":
      return (
        <RefusedNote
          board={board}
          edit={edit}
          words={edit.stage.reason === "not-allowed" ? undefined : edit.stage.words}
        />
      );
    case "changed-meanwhile":
      return <ChangedMeanwhile board={board} theirs={edit.stage.theirs} edit={edit} />;
    case "gathering":
      return <Missing edit={edit} />;
    case "sending":
      return null;
  }
}

function OtherSays({ source, value, observedAt }: BedFigure["others"][number]) {
  const { i18n } = useCatalogue();
  const formats = useFormats();
  const now = useNow();
  const counts = useCounts()(value);
  const ago = formats.ago(observedAt, now);
  const who = i18n._(SOURCE_WORDS[source]);
  return (
    <p className="row-note">
      <Trans>
        Another report differs: {counts} · {ago} · {who}
      </Trans>
    </p>
  );
}

function Missing({ edit }: { edit: Edit }) {
  const { i18n } = useCatalogue();
  const layer = missingLayer(edit);
  if (!layer) return null;
  const name = i18n._(LAYER_WORDS[layer]);
  return (
    <p className="row-note">
      <Trans>Not saved yet: enter “{name}” as well.</Trans>
    </p>
  );
}

function NotSent({ board, edit, isWaiting }: { board: Board; edit: Edit; isWaiting: boolean }) {
  return (
    <div className="row-note row-note-strong" role="status">
      <span>
        {isWaiting ? (
          <Trans>Not sent: sign in again, then it is sent.</Trans>
        ) : (
          <Trans>Not sent: we could not reach the server. It is kept and tried again.</Trans>
        )}
      </span>
      {!isWaiting && (
        <Button size="compact-sm" variant="default" onClick={() => board.edits.retry(edit.type)}>
          <Trans>Send again</Trans>
        </Button>
      )}
    </div>
  );
}

function RefusedNote({ board, edit, words }: { board: Board; edit: Edit; words: string | undefined }) {
  return (
    <div className="row-note row-note-strong" role="alert">
      <span>
        {words === undefined ? (
          <Trans>Not saved: your account does not report the beds here.</Trans>
        ) : (
          <Trans>Not saved. The server says: {words}</Trans>
        )}
      </span>
      <Button size="compact-sm" variant="default" onClick={() => board.edits.drop(edit.type)}>
        <Trans>Give up this change</Trans>
      </Button>
    </div>
  );
}

/** Two figures for one row: both are shown, and the person says which stands. */
function ChangedMeanwhile({ board, theirs: figure, edit }: { board: Board; theirs: BedFigure; edit: Edit }) {
  const { i18n } = useCatalogue();
  const formats = useFormats();
  const now = useNow();
  const countsText = useCounts();
  const theirs = countsText(countsOf(figure));
  const mine = countsText({ ...countsOf(figure), ...edit.set });
  const ago = figure.observedAt === null ? "" : formats.ago(figure.observedAt, now);
  const who = figure.source === null ? "" : i18n._(SOURCE_WORDS[figure.source]);
  return (
    <div className="row-note row-note-strong" role="alert">
      <span>
        <strong>
          <Trans>Changed under you.</Trans>
        </strong>{" "}
        <Trans>
          Now: {theirs} ({ago}, {who}).
        </Trans>{" "}
        <Trans>Yours: {mine}.</Trans>
      </span>
      <span className="row-note-actions">
        <Button size="compact-sm" onClick={() => board.edits.keepMine(edit.type)}>
          <Trans>Use mine</Trans>
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => board.edits.drop(edit.type)}>
          <Trans>Keep theirs</Trans>
        </Button>
      </span>
    </div>
  );
}

/** Counts in words: "Occupied 31, Staffed 40". */
function useCounts(): (counts: BedCounts) => string {
  const { i18n } = useCatalogue();
  const formats = useFormats();
  return (counts) =>
    LAYERS.flatMap((layer) => {
      const count = counts[layer];
      return count === undefined ? [] : [`${i18n._(LAYER_WORDS[layer])} ${formats.number(count)}`];
    }).join(", ");
}
