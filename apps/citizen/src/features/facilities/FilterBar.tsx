import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { IconClock } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { BedType } from "@ihims/core/beds/schema.ts";
import type { FacilityKind } from "@ihims/core/facilities/schema.ts";
import { BED_WORDS } from "@ihims/ui/words/beds.ts";
import { KIND_WORDS } from "@ihims/ui/words/facilities.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { RADII_M, type Filters } from "./filters.ts";

/** The kinds that most look for; any other can stand in the address. */
const OFFERED_KINDS: readonly FacilityKind[] = [
  "hospital",
  "clinic",
  "health-centre",
  "pharmacy",
  "blood-bank",
  "diagnostic-laboratory",
  "maternity-home",
  "dialysis-centre",
];

interface Props {
  filters: Filters;
  onChange: (filters: Filters) => void;
}

/** What is looked for, as chips. Each change is in the address at once. */
export function FilterBar({ filters, onChange }: Props) {
  const { t, i18n } = useLingui();
  const formats = useFormats();
  const kinds =
    filters.kind && !OFFERED_KINDS.includes(filters.kind) ? [...OFFERED_KINDS, filters.kind] : OFFERED_KINDS;
  return (
    <div className="filters" role="group" aria-label={t`Filters`}>
      <Choice
        label={t`Kind of place`}
        value={filters.kind ?? ""}
        onChange={(value) => onChange({ ...filters, kind: kinds.find((kind) => kind === value) ?? null })}
      >
        <option value="">{t`All places`}</option>
        {kinds.map((kind) => (
          <option key={kind} value={kind}>
            {i18n._(KIND_WORDS[kind])}
          </option>
        ))}
      </Choice>
      <Choice
        label={t`Free bed`}
        value={filters.bed ?? ""}
        onChange={(value) => onChange({ ...filters, bed: BedType.safeParse(value).data ?? null })}
      >
        <option value="">{t`Any bed`}</option>
        {BedType.options.map((type) => {
          const bed = i18n._(BED_WORDS[type]);
          return (
            <option key={type} value={type}>
              {t`${bed} bed free`}
            </option>
          );
        })}
      </Choice>
      <button
        type="button"
        className="filter"
        aria-pressed={filters.isOpenNow}
        onClick={() => onChange({ ...filters, isOpenNow: !filters.isOpenNow })}
      >
        <IconClock stroke={1.75} size={18} aria-hidden="true" />
        {i18n._(msg`Open now`)}
      </button>
      <Choice
        label={t`How far`}
        value={String(filters.radius ?? "")}
        onChange={(value) =>
          onChange({ ...filters, radius: RADII_M.find((one) => String(one) === value) ?? null })
        }
      >
        <option value="">{t`Any distance`}</option>
        {RADII_M.map((radius) => {
          const distance = formats.distance(radius);
          return (
            <option key={radius} value={radius}>
              {t`Within ${distance}`}
            </option>
          );
        })}
      </Choice>
    </div>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  children: ReactNode;
}

function Choice({ label, value, onChange, children }: ChoiceProps) {
  return (
    <select
      className="filter"
      aria-label={label}
      data-chosen={value !== ""}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      {children}
    </select>
  );
}
