import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "wouter";
import type { MedicineSummary } from "@ihims/core/medicines/endpoints.ts";
import { useHref } from "../../platform/address.ts";
import { Price, UnitPrice } from "./Price.tsx";
import { FORM_WORDS } from "./words.ts";

/** A medicine in a list: its name, what is in it, what it costs. */
export function MedicineRow({
  medicine,
  as: Heading = "h2",
}: {
  medicine: MedicineSummary;
  as?: "h2" | "h3";
}) {
  const { i18n } = useLingui();
  const href = useHref();
  const { id, displayName, generics, form, pack, manufacturer, price, unitPrice, isPublicPharmacy } =
    medicine;
  const formName = form === "other" ? null : i18n._(FORM_WORDS[form]);
  return (
    <article className="row medicine">
      <div className="row-name">
        <Heading className="row-title">
          <Link className="row-link" href={href(`/medicines/${id}`)}>
            {displayName}
          </Link>
        </Heading>
        <p className="medicine-generics">
          {generics === "" ? <Trans>What is in it is not listed</Trans> : generics}
        </p>
        <p className="row-reason">{[formName, pack?.text, manufacturer].filter(Boolean).join(" · ")}</p>
        {isPublicPharmacy && (
          <p className="medicine-public">
            <Trans>Public pharmacy</Trans>
          </p>
        )}
      </div>
      <div className="row-end medicine-price">
        {price && <Price price={price} />}
        {unitPrice && <UnitPrice price={unitPrice} />}
      </div>
    </article>
  );
}
