import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { BedType } from "@ihims/core/beds/schema.ts";
import type { FacilityRecord } from "@ihims/core/facilities/endpoints.ts";
import { holdMinutesOf, isHoldable } from "@ihims/core/holds/rules.ts";
import { isOpenState } from "@ihims/core/holds/schema.ts";
import { bedSubject } from "@ihims/core/observations/schema.ts";
import { useNow } from "@ihims/ui/clock.ts";
import { freshnessNow } from "@ihims/ui/freshness.ts";
import { BED_WORDS } from "@ihims/ui/words/beds.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { useSession } from "../people/people.ts";
import { HoldButton } from "./HoldButton.tsx";
import { HoldCard } from "./HoldCard.tsx";
import { useMyHolds } from "./queries.ts";

/** Have a bed of this place kept while I am on the way: offered where one is free and was confirmed lately. */
export function HoldHere({ facility }: { facility: FacilityRecord }) {
  const session = useSession();
  const isSignedIn = Boolean(session.data);
  const holds = useMyHolds(isSignedIn);
  const here = holds.data?.find((hold) => hold.facility === facility.id && isOpenState(hold.state));
  const offered = useOffered(facility);
  if (!here && offered.length === 0) return null;
  return (
    <section className="card" aria-labelledby="hold-here">
      <h2 id="hold-here">
        {here ? <Trans>Kept for you here</Trans> : <Trans>Have a bed kept for you</Trans>}
      </h2>
      {here ? <HoldCard hold={here} isHere /> : <Offer facility={facility} offered={offered} />}
    </section>
  );
}

interface Offered {
  type: BedType;
  minutes: number;
}

function useOffered(facility: FacilityRecord): Offered[] {
  const now = useNow();
  return facility.beds.flatMap((figure) => {
    const subject = bedSubject(figure.type);
    const minutes = holdMinutesOf(facility.holds, subject);
    const isFree = (figure.value?.free ?? 0) > 0 && isHoldable(freshnessNow(subject, figure, now));
    return minutes !== null && isFree ? [{ type: figure.type, minutes }] : [];
  });
}

interface OfferProps {
  facility: FacilityRecord;
  offered: readonly Offered[];
}

function Offer({ facility, offered }: OfferProps) {
  const { i18n, t } = useLingui();
  const formats = useFormats();
  const [wanted, setWanted] = useState<BedType>();
  const chosen =
    offered.find(({ type }) => type === wanted) ?? offered.find(({ type }) => type === "icu") ?? offered[0];
  if (!chosen) return null;
  const bed = i18n._(BED_WORDS[chosen.type]);
  const minutes = formats.duration(chosen.minutes * 60);
  return (
    <>
      {offered.length > 1 && (
        <select
          className="filter"
          aria-label={t`Kind of bed`}
          value={chosen.type}
          onChange={(event) =>
            setWanted(offered.find(({ type }) => type === event.currentTarget.value)?.type)
          }
        >
          {offered.map(({ type }) => (
            <option key={type} value={type}>
              {i18n._(BED_WORDS[type])}
            </option>
          ))}
        </select>
      )}
      <HoldButton facility={facility.id} subject={bedSubject(chosen.type)}>
        <Trans>
          Hold a bed: {bed}, {minutes}
        </Trans>
      </HoldButton>
      <p className="quiet caption">
        <Trans>Only when you are on your way. In an emergency do not wait for it: call, or go at once.</Trans>
      </p>
    </>
  );
}
