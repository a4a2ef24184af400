import { Trans, useLingui } from "@lingui/react/macro";
import { IconAlertTriangle, IconArrowLeft, IconInfoCircle } from "@tabler/icons-react";
import { useEffect } from "react";
import { Link } from "wouter";
import type { MedicineRecord, MedicineWarning } from "@ihims/core/medicines/endpoints.ts";
import { MedicineId } from "@ihims/core/medicines/schema.ts";
import { Empty } from "@ihims/ui/States.tsx";
import { useHref } from "../../platform/address.ts";
import { Refused } from "../../platform/api.ts";
import { CouldNotRead, SkeletonRows } from "../facilities/facilities.ts";
import { AvailabilityNear } from "../pharmacies/pharmacies.ts";
import { LookAlikes } from "./Confusions.tsx";
import { Equivalents } from "./Equivalents.tsx";
import { Price, UnitPrice } from "./Price.tsx";
import { useMedicine } from "./queries.ts";
import { FORM_WORDS, RELEASE_WORDS, ROUTE_WORDS } from "./words.ts";

/** One medicine: what is in it, what to know of it, what may stand in for it. */
export function MedicinePage({ id }: { id: string }) {
  const known = MedicineId.safeParse(id).data;
  const href = useHref();
  return (
    <main id="main" className="page" aria-labelledby="medicine-name">
      <Link className="back" href={href("/medicines")}>
        <IconArrowLeft stroke={1.75} size={20} aria-hidden="true" />
        <Trans>Medicines</Trans>
      </Link>
      {known ? <KnownMedicine id={known} /> : <NoSuchMedicine />}
    </main>
  );
}

function KnownMedicine({ id }: { id: MedicineId }) {
  const medicine = useMedicine(id);
  if (medicine.data) return <MedicineContent medicine={medicine.data} />;
  if (!medicine.isError) return <SkeletonRows count={3} />;
  const isUnknown = medicine.error instanceof Refused && medicine.error.status === 404;
  return isUnknown ? <NoSuchMedicine /> : <CouldNotRead onRetry={() => void medicine.refetch()} />;
}

function NoSuchMedicine() {
  return (
    <Empty isPage title={<Trans>This medicine is not listed here</Trans>}>
      <Trans>The link may not be complete. Look for its name instead.</Trans>
    </Empty>
  );
}

function MedicineContent({ medicine }: { medicine: MedicineRecord }) {
  const { displayName, manufacturer, price, unitPrice, pack, warnings, lookAlikes } = medicine;
  useEffect(() => {
    const before = document.title;
    document.title = displayName;
    return () => {
      document.title = before;
    };
  }, [displayName]);
  return (
    <>
      <header className="facility-head">
        <h1 id="medicine-name" tabIndex={-1}>
          {displayName}
        </h1>
        <p className="row-reason">{[manufacturer, pack?.text].filter(Boolean).join(" · ")}</p>
        {medicine.isPublicPharmacy && (
          <p className="medicine-public">
            <Trans>Public pharmacy</Trans>
          </p>
        )}
        {price && (
          <p className="medicine-price-line">
            <Price price={price} /> {unitPrice && <UnitPrice price={unitPrice} />}
          </p>
        )}
      </header>
      <LookAlikes lookAlikes={lookAlikes} />
      <WhatIsInIt medicine={medicine} />
      <Warnings warnings={warnings.filter(({ kind }) => kind !== "ask-your-pharmacist")} />
      <AvailabilityNear id={medicine.id} />
      <Equivalents medicine={medicine} />
    </>
  );
}

function WhatIsInIt({ medicine: { ingredients, form, route, release } }: { medicine: MedicineRecord }) {
  const { i18n } = useLingui();
  const how = [
    i18n._(FORM_WORDS[form]),
    ...(route === "unknown" ? [] : [i18n._(ROUTE_WORDS[route])]),
    ...(release === "immediate" ? [] : [i18n._(RELEASE_WORDS[release])]),
  ];
  return (
    <section className="card" aria-labelledby="what-is-in-it">
      <h2 id="what-is-in-it">
        <Trans>What is in it</Trans>
      </h2>
      {ingredients.length === 0 && (
        <p>
          <Trans>What is in it is not listed. Read it on the pack.</Trans>
        </p>
      )}
      <ul className="ingredients">
        {ingredients.map(({ generic, name, strengthText }) => (
          <li key={`${generic} ${name}`} className="line">
            <span>{name}</span> <strong>{strengthText ?? ""}</strong>
          </li>
        ))}
      </ul>
      <p className="quiet">{how.join(" · ")}</p>
    </section>
  );
}

function Warnings({ warnings }: { warnings: readonly MedicineWarning[] }) {
  const { t } = useLingui();
  if (warnings.length === 0) return null;
  return (
    <section className="card" aria-label={t`What to know`}>
      <h2>
        <Trans>What to know</Trans>
      </h2>
      <ul className="warnings">
        {warnings.map(({ kind, words, source }) => (
          <li key={kind} data-kind={kind}>
            {kind === "narrow-therapeutic-index" ? (
              <IconAlertTriangle stroke={1.75} size={20} aria-hidden="true" />
            ) : (
              <IconInfoCircle stroke={1.75} size={20} aria-hidden="true" />
            )}
            <span>
              {words}
              {source && <span className="quiet caption"> {source}</span>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
