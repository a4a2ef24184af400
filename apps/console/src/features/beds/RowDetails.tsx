import { Trans } from "@lingui/react/macro";
import { useLingui } from "@lingui/react";
import { STANDING_LAYERS } from "@ihims/core/beds/schema.ts";
import { useNow } from "@ihims/ui/clock.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { CountField } from "./CountField.tsx";
import type { Layer } from "./figures.ts";
import { useRow, type RowProps } from "./row.ts";
import { LAYER_DEFINITIONS, LAYER_WORDS } from "./words.ts";

/** The counts that seldom change, each with what it means, and when the figure was seen and heard of. */
const DETAILED: readonly Layer[] = STANDING_LAYERS.filter((layer) => layer !== "staffed");

export function RowDetails({
  board,
  figure,
  edit,
  mayEdit,
}: Pick<RowProps, "board" | "figure" | "edit" | "mayEdit">) {
  const { i18n } = useLingui();
  const formats = useFormats();
  const now = useNow();
  const { field, counts } = useRow({ board, figure, edit });
  const { observedAt, receivedAt } = figure;
  const seen = observedAt && formats.moment(observedAt, now);
  const heard = receivedAt && formats.moment(receivedAt, now);
  return (
    <div className="details">
      {DETAILED.map((layer) => {
        const count = counts[layer];
        return (
          <div key={layer} className="details-count">
            <p className="details-name">{i18n._(LAYER_WORDS[layer])}</p>
            {mayEdit ? (
              <CountField {...field(layer)} />
            ) : (
              <p className="count-plain">{count === undefined ? "–" : formats.number(count)}</p>
            )}
            <p className="details-definition">{i18n._(LAYER_DEFINITIONS[layer])}</p>
          </div>
        );
      })}
      {seen && heard && (
        <p className="details-clocks">
          <Trans>
            Seen {seen}, received {heard}.
          </Trans>
        </p>
      )}
    </div>
  );
}
