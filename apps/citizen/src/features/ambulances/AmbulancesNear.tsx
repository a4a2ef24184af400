import "./ambulances.css";
import { Trans, useLingui } from "@lingui/react/macro";
import { IconPhone } from "@tabler/icons-react";
import { useState } from "react";
import type { Ambulance } from "@ihims/core/ambulances/endpoints.ts";
import { stateOf } from "@ihims/core/ambulances/rules.ts";
import { VehicleType, type VehiclePrice } from "@ihims/core/ambulances/schema.ts";
import { distanceM } from "@ihims/core/geo.ts";
import { VALUE_BY_KIND } from "@ihims/core/observations/schema.ts";
import { useNow } from "@ihims/ui/clock.ts";
import { freshnessNow } from "@ihims/ui/freshness.ts";
import { FreshnessChip } from "@ihims/ui/FreshnessChip.tsx";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { Choice } from "../../platform/choices.tsx";
import { nameIn, useNear } from "../city/city.ts";
import { CouldNotRead, SkeletonRows } from "../facilities/facilities.ts";
import { useAmbulances } from "./queries.ts";
import { STATE_WORDS, VEHICLE_SHORT_WORDS, VEHICLE_WORDS } from "./words.ts";

/** As many as one reads in a hurry; the others are one tap away. */
const FIRST_ITEMS = 3;

/** Ambulances that one can call oneself: what they are, what they cost, where they are and how old that is. */
export function AmbulancesNear() {
  const { t, i18n } = useLingui();
  const { near } = useNear();
  const [type, setType] = useState<VehicleType | null>(null);
  const [isWhole, setWhole] = useState(false);
  const list = useAmbulances(near, type);
  const items = list.data?.items ?? [];
  return (
    <section className="ambulances" aria-labelledby="ambulances">
      <h2 id="ambulances">
        <Trans>Ambulances near you</Trans>
      </h2>
      <p className="quiet">
        <Trans>Call the emergency number first: it sends the nearest one. These can be called as well.</Trans>
      </p>
      <Choice
        label={t`Kind of ambulance`}
        value={type ?? ""}
        onChange={(chosen) => setType(VehicleType.safeParse(chosen).data ?? null)}
      >
        <option value="">{t`All ambulances`}</option>
        {VehicleType.options.map((one) => (
          <option key={one} value={one}>
            {i18n._(VEHICLE_SHORT_WORDS[one])}
          </option>
        ))}
      </Choice>
      {list.isError && !list.data ? (
        <CouldNotRead onRetry={() => void list.refetch()} />
      ) : !list.data ? (
        <SkeletonRows count={2} />
      ) : items.length === 0 ? (
        <p className="quiet">
          <Trans>No ambulance of this kind is known here. Call the emergency number.</Trans>
        </p>
      ) : (
        <>
          <Reporting of={list.data.reporting} />
          <ul className="rows" aria-busy={list.isPlaceholderData}>
            {items.slice(0, isWhole ? items.length : FIRST_ITEMS).map((ambulance) => (
              <li key={ambulance.id}>
                <AmbulanceRow ambulance={ambulance} />
              </li>
            ))}
          </ul>
          {items.length > FIRST_ITEMS && !isWhole && (
            <button type="button" className="button-wide" onClick={() => setWhole(true)}>
              <Trans>Show more ambulances</Trans>
            </button>
          )}
        </>
      )}
    </section>
  );
}

function Reporting({ of: { reporting, of } }: { of: { reporting: number; of: number } }) {
  const formats = useFormats();
  const telling = formats.number(reporting);
  const all = formats.number(of);
  return (
    <p className="quiet caption">
      <Trans>
        {telling} of {all} tell where they are
      </Trans>
    </p>
  );
}

function AmbulanceRow({ ambulance }: { ambulance: Ambulance }) {
  const { t, i18n } = useLingui();
  const formats = useFormats();
  const now = useNow();
  const { facility, type, callSign, phone, price, figure } = ambulance;
  const { near } = useNear();
  const { name } = nameIn(formats.language, facility);
  const freshness = freshnessNow(figure.subject, figure, now);
  const isShown = freshness !== "expired" && freshness !== "unknown";
  const state = isShown ? stateOf(figure) : undefined;
  const seen = VALUE_BY_KIND.vehicle.safeParse(figure.value).data?.position;
  const away = near && seen && isShown ? formats.distance(distanceM(near, seen)) : null;
  return (
    <article className="row ambulance" data-state={state}>
      <div className="row-name">
        <h3 className="row-title">{i18n._(VEHICLE_WORDS[type])}</h3>
        <p className="row-reason">{[away, name, callSign].filter(Boolean).join(" · ")}</p>
        <p className="row-reason">
          <Fare price={price} />
        </p>
      </div>
      <div className="row-end">
        <p className="ambulance-state">
          {state ? <strong>{i18n._(STATE_WORDS[state])}</strong> : <Trans>Call and ask</Trans>}
          <FreshnessChip freshness={freshness} observedAt={figure.observedAt} />
        </p>
        {phone && (
          <div className="place-actions">
            <a
              className="action"
              href={`tel:${phone.replace(/[^\d+]/g, "")}`}
              aria-label={t`Call ${callSign}, ${name}`}
            >
              <IconPhone stroke={1.75} aria-hidden="true" />
            </a>
          </div>
        )}
      </div>
    </article>
  );
}

function Fare({ price }: { price: VehiclePrice | null }) {
  const formats = useFormats();
  if (price === null) return <Trans>Price not told: ask</Trans>;
  const { currency, baseMinor, baseKm, perKmMinor } = price;
  if (baseMinor === 0 && perKmMinor === 0) return <Trans>Free of charge</Trans>;
  const base = formats.money({ minor: baseMinor, currency });
  const perKm = formats.money({ minor: perKmMinor, currency });
  const km = formats.distance(baseKm * 1000);
  return (
    <Trans>
      {base} for the first {km}, then {perKm} a kilometre
    </Trans>
  );
}
