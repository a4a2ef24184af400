import { Trans } from "@lingui/react/macro";
import { useState } from "react";
import type { FacilityRecord } from "@ihims/core/facilities/endpoints.ts";
import { holdMinutesOf, isHoldable } from "@ihims/core/holds/rules.ts";
import { isOpenState, UNITS_MAX } from "@ihims/core/holds/schema.ts";
import { stockSubject } from "@ihims/core/observations/schema.ts";
import type { NamedMedicine, StockFigure } from "@ihims/core/stock/endpoints.ts";
import { useNow } from "@ihims/ui/clock.ts";
import { freshnessNow } from "@ihims/ui/freshness.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { HoldButton, useMyHolds } from "../holds/holds.ts";
import { useSession } from "../people/people.ts";

interface Props {
  facility: Pick<FacilityRecord, "id" | "holds">;
  medicine: NamedMedicine;
  /** Undefined: the place has not told that it has it. */
  stock: StockFigure | undefined;
}

/** Have a medicine put aside while I am on the way: offered where it is in stock and was counted lately. */
export function HoldMedicine({ facility, medicine, stock }: Props) {
  const formats = useFormats();
  const now = useNow();
  const session = useSession();
  const holds = useMyHolds(Boolean(session.data));
  const [wanted, setWanted] = useState(1);
  const subject = stockSubject(medicine.id);
  const minutes = holdMinutesOf(facility.holds, subject);
  const packs = stock && isHoldable(freshnessNow(subject, stock, now)) ? (stock.value?.quantity ?? 0) : 0;
  const most = Math.min(packs, UNITS_MAX.medicine);
  const isKept = holds.data?.some(
    (hold) => hold.facility === facility.id && hold.subject === subject && isOpenState(hold.state),
  );
  if (minutes === null || most === 0 || isKept) return null;
  const units = Math.min(wanted, most);
  const time = formats.duration(minutes * 60);
  return (
    <section className="card" aria-labelledby="hold-medicine">
      <h2 id="hold-medicine">
        <Trans>Have it put aside for you</Trans>
      </h2>
      {most > 1 && <PacksChoice packs={units} most={most} onChange={setWanted} />}
      <HoldButton facility={facility.id} subject={subject} units={units}>
        <Trans>Put it aside for {time}</Trans>
      </HoldButton>
      <p className="quiet caption">
        <Trans>Only when you are on your way. The pharmacist may ask for the prescription.</Trans>
      </p>
    </section>
  );
}

interface PacksChoiceProps {
  packs: number;
  most: number;
  onChange: (packs: number) => void;
}

function PacksChoice({ packs, most, onChange }: PacksChoiceProps) {
  const formats = useFormats();
  return (
    <label className="hold-packs">
      <span>
        <Trans>Packs</Trans>
      </span>
      <select
        className="filter"
        value={packs}
        onChange={({ currentTarget }) => onChange(Number(currentTarget.value))}
      >
        {Array.from({ length: most }, (_, at) => (
          <option key={at} value={at + 1}>
            {formats.number(at + 1)}
          </option>
        ))}
      </select>
    </label>
  );
}
