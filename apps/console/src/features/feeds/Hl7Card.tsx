import { Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { FacilityId } from "@ihims/core/ids.ts";
import { useNow } from "@ihims/ui/clock.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { hl7Query } from "./queries.ts";

/** The hospital's own messages: who sends, when last, and what a person has to look at. */
export function Hl7Card({ facility }: { facility: FacilityId }) {
  const formats = useFormats();
  const now = useNow();
  const hl7 = useQuery(hl7Query(facility));
  if (!hl7.data) return null;
  const { senders, openAside } = hl7.data;
  return (
    <section aria-labelledby="hl7-title" className="feeds-card">
      <h2 id="hl7-title">
        <Trans>HL7 messages</Trans>
      </h2>
      {senders.length === 0 ? (
        <p className="feeds-quiet">
          <Trans>No system sends messages yet.</Trans>
        </p>
      ) : (
        <ul className="feeds-list">
          {senders.map(({ id, application, facilityCode, lastHeardAt }) => (
            <li key={id} className="feeds-row">
              <p>
                <strong>
                  {application} · {facilityCode}
                </strong>
              </p>
              <p className="feeds-quiet">
                {lastHeardAt === null ? (
                  <Trans>no message in the last 7 days</Trans>
                ) : (
                  <Trans>last message {formats.ago(lastHeardAt, now)}</Trans>
                )}
              </p>
            </li>
          ))}
        </ul>
      )}
      <p>
        <Link to="/facilities/$facility/connections/hl7" params={{ facility }}>
          <Trans>Senders, wards and what waits</Trans>
        </Link>
      </p>
      {openAside > 0 && (
        <p>
          <Trans>
            {formats.number(openAside)} messages could not be applied and wait for somebody to look.
          </Trans>
        </p>
      )}
    </section>
  );
}
