import { Trans } from "@lingui/react/macro";
import { useLingui } from "@lingui/react";
import type { Freshness } from "@ihims/core/observations/schema.ts";
import type { Instant } from "@ihims/core/time.ts";
import { useNow } from "./clock.ts";
import { FRESHNESS_WORDS } from "./words/observations.ts";
import { useFormats } from "./words/use-formats.tsx";

interface Props {
  freshness: Freshness;
  observedAt: Instant | null;
  /** With it the chip is a button, which opens what is known of the figure's source. */
  onPress?: (() => void) | undefined;
  isOpen?: boolean;
}

/** How far a figure can be relied on: a dot, a word and an age, as `Live · 3 min`. The age ticks. */
export function FreshnessChip({ freshness, observedAt, onPress, isOpen = false }: Props) {
  const { i18n } = useLingui();
  const formats = useFormats();
  const now = useNow();
  const word = i18n._(FRESHNESS_WORDS[freshness]);
  const chip = (
    <span className="ui-chip" data-freshness={freshness}>
      <span className="ui-dot" aria-hidden="true" />
      <span>{observedAt === null ? word : `${word} · ${formats.age(observedAt, now)}`}</span>
    </span>
  );
  if (!onPress) return chip;
  return (
    <button type="button" className="ui-chip-button" onClick={onPress} aria-expanded={isOpen}>
      {chip}
      <span className="ui-visually-hidden">
        <Trans>where this number comes from</Trans>
      </span>
    </button>
  );
}
