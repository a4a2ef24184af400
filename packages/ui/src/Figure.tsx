import { Trans } from "@lingui/react/macro";
import { useLingui } from "@lingui/react";
import { useState } from "react";
import type { BedFigure, OtherReport } from "@ihims/core/observations/schema.ts";
import { Changing } from "./Changing.tsx";
import { useNow } from "./clock.ts";
import { FreshnessChip } from "./FreshnessChip.tsx";
import { readFigure, type Reading } from "./reading.ts";
import { BED_WORDS } from "./words/beds.ts";
import { figureSentence, restText, valueText } from "./words/figure.ts";
import { NOTE_WORDS, SOURCE_WORDS } from "./words/observations.ts";
import { useFormats } from "./words/use-formats.tsx";

interface Props {
  figure: BedFigure;
  size?: "row" | "large" | "hero";
  align?: "start" | "end";
  /** Leave out the kind of bed, where a heading already says it. */
  isNamedAbove?: boolean;
  /** Let the chip open who said so, and what others say. Not inside of a link. */
  hasSource?: boolean;
}

/**
 * A number with its age: the hero of every screen. The same in a row, on a page, in a table's cell.
 * Whoever hears the page hears one sentence.
 */
export function Figure({
  figure,
  size = "row",
  align = "start",
  isNamedAbove = false,
  hasSource = false,
}: Props) {
  const { i18n } = useLingui();
  const formats = useFormats();
  const now = useNow();
  const [isOpen, setIsOpen] = useState(false);
  const reading = readFigure(figure, now);
  const isShown = reading.kind !== "withdrawn";
  return (
    <div className="ui-figure" data-size={size} data-align={align}>
      <span className="ui-visually-hidden">{figureSentence(i18n, formats, figure, reading, now)}</span>
      <FigureNumber reading={reading} name={isNamedAbove ? undefined : i18n._(BED_WORDS[figure.type])} />
      {isShown && (
        <span aria-hidden={!hasSource}>
          <FreshnessChip
            freshness={reading.freshness}
            observedAt={figure.observedAt}
            onPress={hasSource ? () => setIsOpen(!isOpen) : undefined}
            isOpen={isOpen}
          />
        </span>
      )}
      {isShown &&
        figure.notes.map((note) => (
          <p key={note} className="ui-figure-note" aria-hidden="true">
            {i18n._(NOTE_WORDS[note])}
          </p>
        ))}
      {isShown && isOpen && <SourceOfFigure figure={figure} />}
    </div>
  );
}

function FigureNumber({ reading, name }: { reading: Reading; name: string | undefined }) {
  const { i18n } = useLingui();
  const formats = useFormats();
  const now = useNow();
  const value = valueText(i18n, formats, reading);
  const rest = restText(i18n, formats, reading, name, now);
  if (value === null) {
    return (
      <p className="ui-figure-withdrawn" aria-hidden="true">
        {rest}
      </p>
    );
  }
  return (
    <span className="ui-figure-number" aria-hidden="true">
      <Changing className="ui-figure-value" text={value} />
      <span className="ui-figure-of">{rest}</span>
    </span>
  );
}

/** Who said so and when, and what other sources say of the same beds. */
function SourceOfFigure({ figure }: { figure: BedFigure }) {
  const { i18n } = useLingui();
  const formats = useFormats();
  const now = useNow();
  const { observedAt, receivedAt, source } = figure;
  if (observedAt === null || source === null) return null;
  const who = i18n._(SOURCE_WORDS[source]);
  const seen = formats.moment(observedAt, now);
  const heard = receivedAt === null ? seen : formats.moment(receivedAt, now);
  return (
    <>
      <p className="ui-figure-source">
        {seen === heard ? (
          <Trans>
            Seen {seen}, {who}
          </Trans>
        ) : (
          <Trans>
            Seen {seen}, heard {heard}, {who}
          </Trans>
        )}
      </p>
      {figure.others.map((other) => (
        <OtherSource key={other.source} other={other} />
      ))}
    </>
  );
}

function OtherSource({ other }: { other: OtherReport }) {
  const { i18n } = useLingui();
  const formats = useFormats();
  const now = useNow();
  const { staffed, occupied } = other.value;
  const who = i18n._(SOURCE_WORDS[other.source]);
  const seen = formats.moment(other.observedAt, now);
  const inUse = occupied === undefined ? "–" : formats.number(occupied);
  const of = staffed === undefined ? "–" : formats.number(staffed);
  return (
    <p className="ui-figure-source">
      <Trans>
        Another report: {inUse} of {of} in use, {seen}, {who}
      </Trans>
    </p>
  );
}
