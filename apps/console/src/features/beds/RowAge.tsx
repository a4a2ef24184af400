import { Trans } from "@lingui/react/macro";
import { useLingui } from "@lingui/react";
import { IconCheck } from "@tabler/icons-react";
import { FreshnessChip } from "@ihims/ui/FreshnessChip.tsx";
import { SOURCE_WORDS } from "@ihims/ui/words/observations.ts";
import type { RowProps } from "./row.ts";

/** How old a row's figure is and who said so; while it is being saved, that. Always as high as two lines. */
export function RowAge({
  figure,
  edit,
  isSaved,
  isElsewhere,
}: Pick<RowProps, "figure" | "edit" | "isSaved" | "isElsewhere">) {
  const { i18n } = useLingui();
  const kind = edit?.stage.kind;
  const isUnsaved = kind === "not-sent" || kind === "refused" || kind === "changed-meanwhile";
  return (
    <div className="row-age">
      <FreshnessChip freshness={figure.freshness} observedAt={figure.observedAt} />
      <span className="row-source">
        {kind === "sending" || kind === "gathering" ? (
          <Trans>Saving…</Trans>
        ) : isUnsaved ? (
          <Trans>Not saved</Trans>
        ) : isSaved ? (
          <span className="row-saved">
            <IconCheck size={14} stroke={2.25} aria-hidden="true" /> <Trans>Saved</Trans>
          </span>
        ) : isElsewhere ? (
          <strong>
            <Trans>Changed just now</Trans>
          </strong>
        ) : figure.source ? (
          i18n._(SOURCE_WORDS[figure.source])
        ) : (
          <Trans>not reported yet</Trans>
        )}
      </span>
    </div>
  );
}
