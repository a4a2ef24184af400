import { Trans, useLingui } from "@lingui/react/macro";
import { stockSubject } from "@ihims/core/observations/schema.ts";
import type { StockFigure } from "@ihims/core/stock/endpoints.ts";
import { levelOf } from "@ihims/core/stock/rules.ts";
import { useNow } from "@ihims/ui/clock.ts";
import { FreshnessChip } from "@ihims/ui/FreshnessChip.tsx";
import { freshnessNow } from "@ihims/ui/freshness.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";

/** All medicines age alike. */
const ANY_MEDICINE = stockSubject("any");

/** What a place can be told to have of a medicine, its price, and how old that is. It grows old while it is looked at. */
export function StockOfPlace({ stock, currency }: { stock: StockFigure; currency: string }) {
  const { t } = useLingui();
  const formats = useFormats();
  const now = useNow();
  const freshness = freshnessNow(ANY_MEDICINE, stock, now);
  if (stock.value === null || freshness === "expired") {
    const since = formats.moment(stock.observedAt, now);
    return (
      <div className="ui-figure" data-align="end">
        <p className="ui-figure-withdrawn">
          <Trans>Not confirmed since {since} · call</Trans>
        </p>
      </div>
    );
  }
  const { quantity, priceMinor } = stock.value;
  const left = formats.number(quantity);
  const words = {
    "in-stock": t`In stock`,
    low: t`${left} left, call first`,
    usually: t`Usually there, call first`,
    "not-confirmed": t`Not confirmed, call`,
    out: t`Out of stock`,
  }[levelOf(quantity, freshness)];
  return (
    <div className="ui-figure" data-align="end">
      <span className="ui-figure-number">
        <span className="ui-figure-value stock-level">{words}</span>
        {priceMinor !== null && (
          <span className="ui-figure-of">{formats.money({ minor: priceMinor, currency })}</span>
        )}
      </span>
      <FreshnessChip freshness={freshness} observedAt={stock.observedAt} />
    </div>
  );
}
