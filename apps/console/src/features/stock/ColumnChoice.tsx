import { NativeSelect } from "@mantine/core";
import { useLingui } from "@lingui/react/macro";
import { StockField } from "@ihims/core/stock/list.ts";
import { FIELD_WORDS } from "./words.ts";
import { withField, type Columns } from "./columns.ts";

/** What each column of a list holds: guessed, and to be put right. */
export function ColumnChoice({
  columns,
  onChange,
}: {
  columns: Columns;
  onChange: (columns: Columns) => void;
}) {
  const { i18n, t } = useLingui();
  const options = [
    { value: "", label: t`not used` },
    ...StockField.options.map((field) => ({ value: field, label: i18n._(FIELD_WORDS[field]) })),
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
