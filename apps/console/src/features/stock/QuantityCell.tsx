import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { FacilityId } from "@ihims/core/ids.ts";
import { reportObservations } from "@ihims/core/observations/endpoints.ts";
import type { ShelfLine } from "@ihims/core/stock/endpoints.ts";
import { QUANTITY_MAX_PACKS } from "@ihims/core/stock/schema.ts";
import { call, newRequestKey } from "../../platform/api.ts";
import { serverNow } from "../../platform/clock.ts";

/** How many packs there are; typed over and sent with Enter, or when it is left. */
export function QuantityCell({
  facility,
  line,
  onChanged,
}: {
  facility: FacilityId;
  line: ShelfLine;
  onChanged: () => void;
}) {
  const { t } = useLingui();
  const [typed, setTyped] = useState<string>();
  const { name } = line;
  const report = useMutation({
    mutationFn: (quantity: number) =>
      call(
        reportObservations,
        { body: { observations: [observationOf(facility, line, quantity)] } },
        { idempotencyKey: newRequestKey() },
      ),
    onSuccess({ rejected }) {
      if (rejected > 0) return;
      setTyped(undefined);
      onChanged();
    },
  });
  const send = () => {
    const quantity = Number(typed);
    if (typed === undefined || typed.trim() === "" || !isPacks(quantity) || quantity === line.quantity)
      return setTyped(undefined);
    report.mutate(quantity);
  };
  const isRefused = report.isError || (report.data?.rejected ?? 0) > 0;
  return (
    <>
      <input
        className="shelf-quantity"
        inputMode="numeric"
        aria-label={t`Packs of ${name}`}
        aria-invalid={typed !== undefined && !isPacks(Number(typed))}
        value={typed ?? String(line.quantity)}
        disabled={report.isPending}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={send}
        onKeyDown={(event) => {
          if (event.key === "Enter") send();
          if (event.key === "Escape") setTyped(undefined);
        }}
      />
      {isRefused && (
        <span role="alert" className="shelf-refused">
          <Trans>not sent, try again</Trans>
        </span>
      )}
    </>
  );
}

function isPacks(quantity: number): boolean {
  return Number.isInteger(quantity) && quantity >= 0 && quantity <= QUANTITY_MAX_PACKS;
}

function observationOf(facility: FacilityId, line: ShelfLine, quantity: number) {
  const { medicine, priceMinor, expiresOn, lot } = line;
  return {
    facility,
    subject: `medicine:${medicine}`,
    value: {
      quantity,
      ...(priceMinor === undefined ? {} : { priceMinor }),
      ...(expiresOn === undefined ? {} : { expiresOn }),
      ...(lot === undefined ? {} : { lot }),
    },
    observedAt: serverNow(),
  };
}
