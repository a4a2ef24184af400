import { useLingui } from "@lingui/react/macro";
import { IconClock, IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { nameOf } from "@ihims/core/care/words.ts";
import type { FacilityKind } from "@ihims/core/facilities/schema.ts";
import type { SchemeId } from "@ihims/core/schemes/schema.ts";
import { TERMS } from "@ihims/core/search/lexicon.ts";
import { SpecialtyId } from "@ihims/core/vocabulary/schema.ts";
import { specialtyName } from "@ihims/core/vocabulary/specialties.ts";
import { KIND_WORDS } from "@ihims/ui/words/facilities.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { RADII_M } from "./radii.ts";

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
const SCHEMES: readonly SchemeId[] = TERMS.filter(({ kind }) => kind === "scheme").map(({ id }) => id);

interface Props<Value> {
  value: Value | null;
  onChange: (value: Value | null) => void;
}

export function KindChoice({ value, onChange }: Props<FacilityKind>) {
  const { t, i18n } = useLingui();
  const kinds = value && !OFFERED_KINDS.includes(value) ? [...OFFERED_KINDS, value] : OFFERED_KINDS;
  return (
    <Choice
      label={t`Kind of place`}
      value={value ?? ""}
      onChange={(chosen) => onChange(kinds.find((kind) => kind === chosen) ?? null)}
    >
      <option value="">{t`All places`}</option>
      {kinds.map((kind) => (
        <option key={kind} value={kind}>
          {i18n._(KIND_WORDS[kind])}
        </option>
      ))}
    </Choice>
  );
}

export function RadiusChoice({ value, onChange }: Props<number>) {
  const { t } = useLingui();
  const formats = useFormats();
  return (
    <Choice
      label={t`How far`}
      value={String(value ?? "")}
      onChange={(chosen) => onChange(RADII_M.find((one) => String(one) === chosen) ?? null)}
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
  );
}

/** A scheme or an insurer that should pay. */
export function SchemeChoice({ value, onChange }: Props<SchemeId>) {
  const { t } = useLingui();
  const { language } = useFormats();
  const schemes = value && !SCHEMES.includes(value) ? [...SCHEMES, value] : SCHEMES;
  return (
    <Choice
      label={t`Scheme or insurance`}
      value={value ?? ""}
      onChange={(chosen) => onChange(chosen || null)}
    >
      <option value="">{t`Any way to pay`}</option>
      {schemes.map((scheme) => (
        <option key={scheme} value={scheme}>
          {nameOf("scheme", scheme, language)}
        </option>
      ))}
    </Choice>
  );
}

export function SpecialtyChoice({ value, onChange }: Props<SpecialtyId>) {
  const { t } = useLingui();
  const { language } = useFormats();
  const named = SpecialtyId.options
    .map((id) => ({ id, name: specialtyName(id, language) }))
    .toSorted((a, b) => a.name.localeCompare(b.name, language));
  return (
    <Choice
      label={t`Specialty`}
      value={value ?? ""}
      onChange={(chosen) => onChange(SpecialtyId.safeParse(chosen).data ?? null)}
    >
      <option value="">{t`Any specialty`}</option>
      {named.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </Choice>
  );
}

export function OpenNowChoice({ value, onChange }: { value: boolean; onChange: (value: boolean) => void }) {
  const { t } = useLingui();
  return (
    <button type="button" className="filter" aria-pressed={value} onClick={() => onChange(!value)}>
      <IconClock stroke={1.75} size={18} aria-hidden="true" />
      {t`Open now`}
    </button>
  );
}

/** A filter that came with a link and has no list to choose from: it can only be taken away. */
export function Chosen({ name, onRemove }: { name: string; onRemove: () => void }) {
  const { t } = useLingui();
  return (
    <button
      type="button"
      className="filter"
      data-chosen="true"
      aria-label={t`Without ${name}`}
      onClick={onRemove}
    >
      {name}
      <IconX stroke={1.75} size={18} aria-hidden="true" />
    </button>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  children: ReactNode;
}

export function Choice({ label, value, onChange, children }: ChoiceProps) {
  return (
    <select
      className="filter"
      aria-label={label}
      data-chosen={value !== ""}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    >
      {children}
    </select>
  );
}
