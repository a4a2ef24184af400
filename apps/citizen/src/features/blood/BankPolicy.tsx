import { useLingui } from "@lingui/react/macro";
import type { BankPolicy as Policy } from "@ihims/core/blood/endpoints.ts";
import type { BloodComponent } from "@ihims/core/blood/schema.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { DONOR_WORDS } from "./words.ts";

interface Props {
  policy: Policy | null;
  component: BloodComponent;
  /** ISO 4217. */
  currency: string;
}

/** What a bank asks of who comes for a component, as far as it says. */
export function BankPolicy({ policy, component, currency }: Props) {
  const { t, i18n } = useLingui();
  const formats = useFormats();
  if (!policy) return null;
  const { replacementDonor, processingFees, crossMatchMinutes } = policy;
  const minor = processingFees.find((one) => one.component === component)?.minor;
  const fee = minor === undefined ? "" : formats.money({ minor, currency });
  const time = crossMatchMinutes === null ? "" : formats.duration(crossMatchMinutes * 60);
  const facts = [
    minor !== undefined && t`Fee for a unit: ${fee}`,
    crossMatchMinutes !== null && t`Cross-match takes about ${time}`,
    replacementDonor && i18n._(DONOR_WORDS[replacementDonor]),
  ].filter(Boolean);
  return facts.length > 0 && <p className="row-reason">{facts.join(" · ")}</p>;
}
