import { Button, UnstyledButton } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { useLingui as useCatalogue } from "@lingui/react";
import { IconCheck, IconChevronDown } from "@tabler/icons-react";
import { useId, useRef, useState } from "react";
import { Changing } from "@ihims/ui/Changing.tsx";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { CountField } from "./CountField.tsx";
import { DueMark } from "./DueMark.tsx";
import { dueOf } from "./due.ts";
import { useRow, WORKING_LAYERS, type RowProps } from "./row.ts";
import { RowAge } from "./RowAge.tsx";
import { RowDetails } from "./RowDetails.tsx";
import { hasNotes, RowNotes } from "./RowNotes.tsx";
import { LAYER_WORDS } from "./words.ts";

/** The beds as cards, for a narrow screen and for large text. */
export function BedCards({ rows }: { rows: readonly RowProps[] }) {
  const { t } = useLingui();
  const list = useRef<HTMLUListElement>(null);
  /** The keyboard's "next" goes to the same count of the next card. */
  const goDown = (place: number, layer: string) =>
    list.current?.querySelector<HTMLElement>(`[data-cell="${place + 1}:${layer}"]`)?.focus();
  return (
    <ul ref={list} className="bed-cards" aria-label={t`Beds`}>
      {rows.map((row, place) => (
        <BedCard key={row.figure.type} {...row} place={place} onNext={(layer) => goDown(place, layer)} />
      ))}
    </ul>
  );
}

function BedCard(props: RowProps & { place: number; onNext(layer: string): void }) {
  const { board, figure, edit, mayEdit, place, onNext } = props;
  const { t } = useLingui();
  const { i18n } = useCatalogue();
  const formats = useFormats();
  const [isOpen, setIsOpen] = useState(false);
  const { name, counts, free, field } = useRow(props);
  const details = useId();
  return (
    <li className="bed-card" data-due={dueOf(figure)} data-elsewhere={props.isElsewhere || undefined}>
      <div className="bed-card-top">
        <h2 className="bed-name">
          {name}
          <DueMark figure={figure} />
        </h2>
        <p className="bed-free" data-faded={figure.freshness === "expired" || undefined}>
          {free === null ? "–" : <Changing text={formats.number(free)} />}{" "}
          <span className="bed-free-word">
            <Trans context="beds">free</Trans>
          </span>
        </p>
      </div>
      <RowAge {...props} />
      <div className="bed-card-counts">
        {WORKING_LAYERS.map((layer) => (
          <div key={layer} className="bed-card-count">
            <span>{i18n._(LAYER_WORDS[layer])}</span>
            {mayEdit ? (
              <CountField {...field(layer)} cell={`${place}:${layer}`} onNext={() => onNext(layer)} />
            ) : (
              <span className="count-plain">
                {counts[layer] === undefined ? "–" : formats.number(counts[layer])}
              </span>
            )}
          </div>
        ))}
      </div>
      {hasNotes({ figure, edit }) && <RowNotes board={board} figure={figure} edit={edit} />}
      <div className="bed-card-actions">
        {mayEdit && figure.observation !== null && (
          <Button
            variant="default"
            leftSection={<IconCheck size={18} stroke={1.75} aria-hidden="true" />}
            aria-label={t`Unchanged: ${name}`}
            onClick={() => void board.confirm([figure.type])}
          >
            <Trans>Unchanged</Trans>
          </Button>
        )}
        <UnstyledButton
          className="row-button"
          aria-label={t`More: ${name}`}
          aria-expanded={isOpen}
          aria-controls={isOpen ? details : undefined}
          onClick={() => setIsOpen(!isOpen)}
        >
          <Trans>More</Trans>
          <IconChevronDown size={18} stroke={1.75} aria-hidden="true" className="chevron" />
        </UnstyledButton>
      </div>
      {isOpen && (
        <div id={details}>
          <RowDetails board={board} figure={figure} edit={edit} mayEdit={mayEdit} />
        </div>
      )}
    </li>
  );
}
