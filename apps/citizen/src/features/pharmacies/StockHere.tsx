import { Trans } from "@lingui/react/macro";
import { useSearch } from "wouter";
import type { FacilityRecord } from "@ihims/core/facilities/endpoints.ts";
import { MedicineId } from "@ihims/core/medicines/schema.ts";
import { HoldMedicine } from "./HoldMedicine.tsx";
import { useStockAt } from "./queries.ts";
import { StockOfPlace } from "./StockOfPlace.tsx";

/** On a shop's page: what it has of the medicine that somebody came here for. */
export function StockHere({ facility }: { facility: Pick<FacilityRecord, "id" | "position" | "holds"> }) {
  const wanted = MedicineId.safeParse(new URLSearchParams(useSearch()).get("medicine")).data;
  const { data } = useStockAt(wanted, facility.position);
  const here = data?.items.find(({ id }) => id === facility.id);
  if (!data) return null;
  return (
    <>
      <section className="card" aria-labelledby="stock-here">
        <h2 id="stock-here">
          <Trans>What you looked for</Trans>
        </h2>
        <ul className="beds">
          <li className="bed">
            <span className="bed-name">{data.medicine.name}</span>
            {here ? (
              <StockOfPlace stock={here.stock} currency={data.currency} />
            ) : (
              <span className="quiet">
                <Trans>Not told to be here. Call first.</Trans>
              </span>
            )}
          </li>
        </ul>
      </section>
      <HoldMedicine facility={facility} medicine={data.medicine} stock={here?.stock} />
    </>
  );
}
