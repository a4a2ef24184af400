import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { FacilityRecord } from "@ihims/core/facilities/endpoints.ts";
import type { Hours } from "@ihims/core/facilities/schema.ts";
import { useNow } from "@ihims/ui/clock.ts";
import { WHEELCHAIR_WORDS } from "@ihims/ui/words/facilities.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";

/** What stays: hours, telephone numbers, address, access, and where it is known from. */
export function FacilityDetails({ facility }: { facility: FacilityRecord }) {
  const { i18n } = useLingui();
  const formats = useFormats();
  const updated = formats.date(facility.updatedAt);
  return (
    <section aria-labelledby="details" className="card">
      <h2 id="details">
        <Trans>About this place</Trans>
      </h2>
      <dl className="details">
        {facility.hasEmergency && (
          <Detail name={<Trans>Emergency department</Trans>}>
            <Trans>Yes</Trans>
          </Detail>
        )}
        {facility.emergencyPhone && (
          <Detail name={<Trans>Emergency number</Trans>}>
            <TelephoneLink number={facility.emergencyPhone} />
          </Detail>
        )}
        {facility.phones.length > 0 && (
          <Detail name={<Trans>Telephone</Trans>}>
            {facility.phones.map(({ number, label }) => (
              <span key={number} className="line">
                <TelephoneLink number={number} /> {label}
              </span>
            ))}
          </Detail>
        )}
        <Detail name={<Trans>Hours</Trans>}>
          <HoursInWords hours={facility.hours} />
        </Detail>
        {(facility.address ?? facility.locality) && (
          <Detail name={<Trans>Address</Trans>}>{facility.address ?? facility.locality}</Detail>
        )}
        {facility.wheelchair && (
          <Detail name={<Trans>Access</Trans>}>{i18n._(WHEELCHAIR_WORDS[facility.wheelchair])}</Detail>
        )}
        {facility.website && (
          <Detail name={<Trans>Website</Trans>}>
            <a className="line" href={facility.website} rel="noreferrer">
              {new URL(facility.website).host}
            </a>
          </Detail>
        )}
      </dl>
      <p className="quiet caption">
        <Trans>This page was last changed on {updated}.</Trans> {facility.attribution}
      </p>
    </section>
  );
}

function Detail({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <div className="detail">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function TelephoneLink({ number }: { number: string }) {
  return (
    <a className="telephone" href={`tel:${number.replace(/[^\d+]/g, "")}`}>
      {number}
    </a>
  );
}

/** The week's hours, days with the same hours together; then the days that differ. */
function HoursInWords({ hours }: { hours: Hours | null }) {
  const formats = useFormats();
  const now = useNow();
  if (hours === null) return <Trans>Not known, call first</Trans>;
  if (hours.kind === "always") return <Trans>Open 24 hours, every day</Trans>;
  const today = now.slice(0, 10);
  return (
    <>
      {[1, 2, 3, 4, 5, 6, 7].map((day) => (
        <span key={day} className="line hours">
          <span>{formats.weekday(day)}</span> <Spans spans={hours.spans.filter((span) => span.day === day)} />
        </span>
      ))}
      {hours.exceptions
        .filter(({ date }) => date >= today)
        .map(({ date, spans, reason }) => (
          <span key={date} className="line hours">
            <span>{formats.day(date)}</span> <Spans spans={spans} /> {reason}
          </span>
        ))}
    </>
  );
}

function Spans({ spans }: { spans: readonly { from: string; to: string }[] }) {
  const formats = useFormats();
  if (spans.length === 0) return <Trans>Closed</Trans>;
  return (
    <span>{spans.map(({ from, to }) => `${formats.clock(from)} – ${formats.clock(to)}`).join(", ")}</span>
  );
}
