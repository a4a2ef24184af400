import { NativeSelect } from "@mantine/core";
import { useLingui } from "@lingui/react/macro";
import { StockField } from "@ihims/core/stock/list.ts";
import { withField, type Columns } from "./columns.ts";

/** What each column of a list holds: guessed, and to be put right. */
export function ColumnChoice({
  columns,
  onChange,
}: {
  columns: Columns;
  onChange: (columns: Columns) => void;
}) {
  const { t } = useLingui();
  const words: Record<StockField, string> = {
    medicine: t`Our medicine id`,
    code: t`Your own code`,
    name: t`Name`,
    strength: t`Strength`,
    form: t`Form`,
    quantity: t`Packs`,
    price: t`Price`,
    priceMinor: t`Price in paise`,
    expiresOn: t`Expires`,
    lot: t`Lot`,
    observedAt: t`Seen at`,
  };
  const options = [
    { value: "", label: t`not used` },
    ...StockField.options.map((field) => ({ value: field, label: words[field] })),
  ];
  return (
    <div className="shelf-columns">
      {columns.headings.map((heading, at) => {
        const number = at + 1;
        return (
          <NativeSelect
            key={`${at} ${heading}`}
            label={heading === "" ? t`Column ${number}` : heading}
            value={columns.fields[at] ?? ""}
            data={options}
            onChange={(event) =>
              onChange(withField(columns, at, StockField.safeParse(event.currentTarget.value).data))
            }
          />
        );
      })}
    </div>
  );
}
