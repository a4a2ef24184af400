import { useLingui } from "@lingui/react";
import { useRef } from "react";
import { availabilityOf } from "@ihims/core/beds/rules.ts";
import type { BedAvailability, BedCounts } from "@ihims/core/beds/schema.ts";
import type { BedFigure } from "@ihims/core/observations/schema.ts";
import { BED_WORDS } from "@ihims/ui/words/beds.ts";
import type { Board } from "./board.ts";
import { shownCounts, type Edit } from "./edits.ts";
import type { Layer } from "./figures.ts";
import { LAYER_WORDS } from "./words.ts";

/** The counts that are worked with all day, in the order that they are shown. */
export const WORKING_LAYERS = ["occupied", "staffed", "blocked"] as const satisfies Layer[];

export interface RowProps {
  board: Board;
  figure: BedFigure;
  edit: Edit | undefined;
  isSaved: boolean;
  isElsewhere: boolean;
  /** Whether this person reports the beds of the facility. */
  mayEdit: boolean;
}

/** What the grid and the cards show of a row alike, and what the fields of it do. */
export function useRow({ board, figure, edit }: Pick<RowProps, "board" | "figure" | "edit">) {
  const { i18n } = useLingui();
  // What stood on the screen when a field began to be typed in: that is what the report is about.
  const seen = useRef(figure);
  const name = i18n._(BED_WORDS[figure.type]);
  const counts: BedCounts = shownCounts(figure, edit);
  const shown: BedAvailability = availabilityOf(counts, figure.value?.held ?? 0);

  function field(layer: Layer) {
    return {
      label: `${name}, ${i18n._(LAYER_WORDS[layer])}`,
      value: counts[layer],
      onBegin: () => {
        seen.current = figure;
      },
      onTyped: (count: number) => {
        board.edits.set(seen.current, { [layer]: count }, "typed");
        if (seen.current.version !== figure.version) board.edits.arrived(figure);
      },
      onStepped: (count: number) => board.edits.set(figure, { [layer]: count }, "stepped"),
      onLeave: () => board.edits.flush(figure.type),
    };
  }

  return { name, counts, free: shown.free, field };
}
