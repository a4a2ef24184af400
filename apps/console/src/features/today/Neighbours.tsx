import { Trans } from "@lingui/react/macro";
import { useLingui } from "@lingui/react";
import { IconPhone } from "@tabler/icons-react";
import type { Neighbour, TodayOfFacility } from "@ihims/core/today/endpoints.ts";
import { subjectOf } from "@ihims/core/today/rules.ts";
import { useNow } from "@ihims/ui/clock.ts";
import { FreshnessChip } from "@ihims/ui/FreshnessChip.tsx";
import { freshnessNow } from "@ihims/ui/freshness.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { subjectText, valueText } from "../observations/observations.ts";

/** What those nearby report of the same: where to send on, and what reporting gives back. */
export function Neighbours({ facility, Heading }: { facility: TodayOfFacility; Heading: "h2" | "h3" }) {
  if (facility.neighbours.length === 0) return null;
  return (
    <div className="day-group">
      <div className="group-head">
        <Heading>
          <Trans>What neighbours report</Trans>
        </Heading>
      </div>
      <ul className="neighbours">
        {facility.neighbours.map((one) => (
          <NeighbourRow key={one.id} neighbour={one} />
        ))}
      </ul>
    </div>
  );
}

function NeighbourRow({ neighbour }: { neighbour: Neighbour }) {
  const { i18n } = useLingui();
  const formats = useFormats();
  const now = useNow();
  const phone = neighbour.emergencyPhone ?? neighbour.phones[0]?.number;
  return (
    <li className="neighbour">
      <p className="neighbour-name">
        {neighbour.names[formats.language] ?? neighbour.name}
        <span className="day-place">{formats.distance(neighbour.distance)}</span>
        {phone && (
          <a className="neighbour-call" href={`tel:${phone}`}>
            <IconPhone size={18} stroke={1.75} aria-hidden="true" />
            {phone}
          </a>
        )}
      </p>
      <ul className="neighbour-figures">
        {[...neighbour.beds, ...neighbour.figures].map((figure) => {
          const subject = subjectOf(figure);
          const freshness = freshnessNow(subject, figure, now);
          return (
            <li key={subject}>
              <span className="day-name">{subjectText(i18n, subject)}</span>
              <span className="day-value">
                {freshness === "expired" ? "–" : valueText(i18n, formats, subject, figure.value, now)}
              </span>
              <FreshnessChip freshness={freshness} observedAt={figure.observedAt} />
            </li>
          );
        })}
      </ul>
    </li>
  );
}
