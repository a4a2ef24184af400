import type { I18n, MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useLingui } from "@lingui/react";
import { VALUE_BY_KIND, kindOf, type Figure } from "@ihims/core/observations/schema.ts";
import type { Instant } from "@ihims/core/time.ts";
import { useNow } from "@ihims/ui/clock.ts";
import { FreshnessChip } from "@ihims/ui/FreshnessChip.tsx";
import { freshnessNow } from "@ihims/ui/freshness.ts";
import { useFormats, type Formats } from "@ihims/ui/words/use-formats.tsx";

/** What else is live about a place, as far as a reader can use it here: diversion, waiting. */
export function OtherFigures({ figures }: { figures: readonly Figure[] }) {
  const { i18n } = useLingui();
  const formats = useFormats();
  const now = useNow();
  const shown = figures.flatMap((figure) => {
    const words = wordsOf(i18n, formats, figure, now);
    return words ? [{ figure, words }] : [];
  });
  if (shown.length === 0) return null;
  return (
    <section aria-labelledby="also-now" className="card">
      <h2 id="also-now">
        <Trans>Also reported now</Trans>
      </h2>
      <ul className="beds">
        {shown.map(({ figure, words }) => (
          <li key={figure.subject} className="bed">
            <span className="bed-name">{words.name}</span>
            <span className="ui-figure" data-align="end">
              <span className="ui-figure-value">{words.value}</span>
              <FreshnessChip
                freshness={freshnessNow(figure.subject, figure, now)}
                observedAt={figure.observedAt}
              />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The queue of `waiting:<queue>`. */
function nameOfQueue(subject: string): MessageDescriptor {
  if (subject === "waiting:emergency") return msg`Waiting, emergency department`;
  if (subject === "waiting:opd") return msg`Waiting, out-patients`;
  return msg`Waiting time`;
}

/** A figure in words; undefined for one that is withdrawn, or says nothing to a citizen by itself. */
function wordsOf(
  i18n: I18n,
  formats: Formats,
  figure: Figure,
  now: Instant,
): { name: string; value: string } | undefined {
  const { subject, value } = figure;
  if (value === null || freshnessNow(subject, figure, now) === "expired") return undefined;
  switch (kindOf(subject)) {
    case "waiting": {
      const waiting = VALUE_BY_KIND.waiting.safeParse(value);
      return waiting.success
        ? { name: i18n._(nameOfQueue(subject)), value: formats.minutes(waiting.data.minutes * 60) }
        : undefined;
    }
    case "diversion": {
      const diversion = VALUE_BY_KIND.diversion.safeParse(value);
      if (!diversion.success || diversion.data.state === "open") return undefined;
      const until = formats.moment(diversion.data.until, now);
      const words =
        diversion.data.state === "closed"
          ? msg`Closed until ${until}`
          : msg`Sending patients elsewhere until ${until}`;
      return { name: i18n._(msg`Emergency department`), value: i18n._(words) };
    }
    case "bed":
    case "blood":
    case "medicine":
    case "duty":
    case "service":
    case "vehicle":
      return undefined;
  }
}
