import { Trans, useLingui } from "@lingui/react/macro";
import { Link, useLocation, useSearch } from "wouter";
import { isOpenState } from "@ihims/core/holds/schema.ts";
import { Empty } from "@ihims/ui/States.tsx";
import { hrefTo, useHref } from "../../platform/address.ts";
import { CouldNotRead, NearMe, NO_FILTERS, SkeletonRows, writeFilters } from "../facilities/facilities.ts";
import { HoldCard, useMyHolds } from "../holds/holds.ts";
import { useSession } from "../people/people.ts";
import { BankToCall, BloodRow } from "./BloodRow.tsx";
import { BloodTermsForm } from "./BloodTermsForm.tsx";
import { useBlood, type FoundBlood } from "./queries.ts";
import { readBloodTerms, writeBloodTerms, type BloodTerms } from "./terms.ts";
import { CAUTION_WORDS, groupText } from "./words.ts";
import "./blood.css";

/** Where blood is for a patient of a group, or what can be given instead, and the way to have it kept. */
export function BloodPage() {
  const search = useSearch();
  const [, navigate] = useLocation();
  const terms = readBloodTerms(search);
  const show = (next: BloodTerms) =>
    navigate(hrefTo("/blood", writeBloodTerms(next), search), { replace: true });
  return (
    <main id="main" className="page">
      <h1>
        <Trans>Blood</Trans>
      </h1>
      <BloodTermsForm terms={terms} onChange={show} />
      <KeptBlood />
      <NearMe />
      {terms.group === null ? <NothingChosen /> : <Found terms={terms} />}
      <ToDonors />
    </main>
  );
}

function ToDonors() {
  const href = useHref();
  return (
    <Link className="button-wide" href={href("/donors")}>
      <Trans>Become a blood donor</Trans>
    </Link>
  );
}

/** Blood that is kept for the reader, wherever it is. */
function useKeptBlood() {
  const session = useSession();
  const holds = useMyHolds(Boolean(session.data));
  return holds.data?.filter(({ kind, state }) => kind === "blood" && isOpenState(state)) ?? [];
}

function KeptBlood() {
  const kept = useKeptBlood();
  return kept.map((hold) => <HoldCard key={hold.id} hold={hold} />);
}

function NothingChosen() {
  const href = useHref();
  return (
    <Empty
      title={<Trans>Choose the patient's group</Trans>}
      actions={
        <Link
          className="button-quiet"
          href={href("/facilities", writeFilters({ ...NO_FILTERS, kind: "blood-bank" }))}
        >
          <Trans>Blood banks near you</Trans>
        </Link>
      }
    >
      <Trans>It stands on the request form of the hospital. Bring the form and a sample with you.</Trans>
    </Empty>
  );
}

function Found({ terms }: { terms: BloodTerms }) {
  const found = useBlood(terms);
  if (found.data) return <Answer terms={terms} found={found.data} isOld={found.isPlaceholderData} />;
  return found.isError ? <CouldNotRead onRetry={() => void found.refetch()} /> : <SkeletonRows count={4} />;
}

function Answer({ terms, found, isOld }: { terms: BloodTerms; found: FoundBlood; isOld: boolean }) {
  const { t } = useLingui();
  const isHolding = useKeptBlood().length > 0;
  const { items, toCall, currency } = found;
  return (
    <>
      <section className="blood-found" aria-labelledby="blood-here" aria-busy={isOld}>
        <h2 id="blood-here">
          <Trans>Banks that have it</Trans>
        </h2>
        {items.length === 0 ? (
          <Empty title={<Trans>No bank near you has told that it has this</Trans>}>
            <Trans>Call the banks below, ask for fewer units, or let the hospital ask for donors.</Trans>
          </Empty>
        ) : (
          <ul className="rows" aria-label={t`Banks, the preferred group first, then the nearest`}>
            {items.map((place) => (
              <li key={`${place.facility.id} ${place.group}`}>
                <BloodRow place={place} terms={terms} currency={currency} isHolding={isHolding} />
              </li>
            ))}
          </ul>
        )}
      </section>
      {toCall.length > 0 && (
        <section className="blood-found" aria-labelledby="blood-to-call">
          <h2 id="blood-to-call">
            <Trans>Banks to call</Trans>
          </h2>
          <ul className="rows">
            {toCall.map((bank) => (
              <li key={bank.id}>
                <BankToCall bank={bank} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <Compatible found={found} />
    </>
  );
}

/** What the patient can be given at all, in the order of preference, and where that is written. */
function Compatible({ found: { compatible, source } }: { found: FoundBlood }) {
  const { i18n } = useLingui();
  const cautions = [...new Set(compatible.flatMap((one) => one.cautions))];
  return (
    <section className="card" aria-labelledby="blood-compatible">
      <h2 id="blood-compatible">
        <Trans>What can be given, the best first</Trans>
      </h2>
      <ol className="blood-order">
        {compatible.map(({ group, cautions: some }) => (
          <li key={group} className="blood-group" data-same={some.length === 0}>
            {groupText(group)}
            {some.length > 0 && <sup>{some.map((one) => cautions.indexOf(one) + 1).join(" ")}</sup>}
          </li>
        ))}
      </ol>
      {cautions.map((caution, at) => (
        <p key={caution} className="blood-caution">
          <sup>{at + 1}</sup> {i18n._(CAUTION_WORDS[caution])}
        </p>
      ))}
      <p className="quiet caption">
        <Trans>The hospital's doctor and the bank's cross-match decide in every case.</Trans>{" "}
        <span lang="en">{source}</span>
      </p>
    </section>
  );
}
