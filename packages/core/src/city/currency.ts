/** Currencies of countries (ISO 3166-1 to ISO 4217, both as of 2026) of South Asia and its neighbours. */
const CURRENCIES: Readonly<Record<string, string>> = {
  IN: "INR",
  BD: "BDT",
  BT: "BTN",
  LK: "LKR",
  MM: "MMK",
  MV: "MVR",
  NP: "NPR",
  PK: "PKR",
};

/** The currency of a country; `XXX`, which is none, of one that is not known here. */
export function currencyOf(countryCode: string): string {
  return CURRENCIES[countryCode] ?? "XXX";
}
