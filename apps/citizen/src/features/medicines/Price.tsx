import { useLingui } from "@lingui/react/macro";
import type { MedicineSummary } from "@ihims/core/medicines/endpoints.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";

/** Price of a pack. */
export function Price({ price }: { price: NonNullable<MedicineSummary["price"]> }) {
  const formats = useFormats();
  return <span className="price">{formats.money(price)}</span>;
}

/** Price of one tablet, millilitre, gram or dose. */
export function UnitPrice({ price }: { price: NonNullable<MedicineSummary["unitPrice"]> }) {
  const { t } = useLingui();
  const formats = useFormats();
  const amount = formats.money({ minor: price.minor, currency: price.currency });
  const each = {
    unit: t`${amount} each`,
    ml: t`${amount} per ml`,
    g: t`${amount} per gram`,
    dose: t`${amount} per dose`,
  };
  return <span className="quiet caption">{each[price.per]}</span>;
}
