import { useLingui } from "@lingui/react/macro";
import { useLingui as useCatalogue } from "@lingui/react";
import { BED_WORDS } from "@ihims/ui/words/beds.ts";
import type { Said } from "./board.ts";

/** Tells whoever hears the page what came of what they did. */
export function Announcer({ said }: { said: Said | undefined }) {
  const { t } = useLingui();
  const { i18n } = useCatalogue();
  const names = (said?.types ?? []).map((type) => i18n._(BED_WORDS[type])).join(", ");
  const words = {
    saved: t`${names}: saved. Control and Z undoes it.`,
    "put-aside": t`${names}: recorded, but another source leads here, so its figure is shown.`,
    confirmed: t`Confirmed: ${names}. Control and Z undoes it.`,
    undone: t`Undone: ${names}.`,
  };
  return (
    <p className={said?.what === "put-aside" ? "row-note board-said" : "ui-visually-hidden"} role="status">
      {said && words[said.what]}
    </p>
  );
}
