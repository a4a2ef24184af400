/** The first of the ten digits of the scripts that people of India and its neighbours write numbers in (Unicode 16, category Nd). */
const ZEROS = [
  0x0660, // Arabic-Indic
  0x06f0, // Persian and Urdu
  0x0966, // Devanagari
  0x09e6, // Bengali
  0x0a66, // Gurmukhi
  0x0ae6, // Gujarati
  0x0b66, // Odia
  0x0be6, // Tamil
  0x0c66, // Telugu
  0x0ce6, // Kannada
  0x0d66, // Malayalam
  0xff10, // full width
];

/** The same text with the digits 0 to 9, and with one sort of minus and of blank. */
export function plainDigits(text: string): string {
  // Most texts have nothing to change: seen in one pass.
  if (!/[^\u0020-\u007e]/u.test(text)) return text;
  return text
    .replace(/\p{Nd}/gu, (digit) => {
      const code = digit.codePointAt(0) ?? 0;
      const zero = ZEROS.find((one) => code >= one && code < one + 10);
      return zero === undefined ? digit : String(code - zero);
    })
    .replace(/[\u2212\u2010\u2011\u2012\ufe63\uff0d]/gu, "-")
    .replace(/[\u00a0\u2007\u2009\u202f\u200b\ufeff\t\r\n]/gu, " ");
}

/** A text to compare words by: lower case, blanks of one sort and single, none at the ends. */
export function plainText(text: string): string {
  return text.normalize("NFC").toLowerCase().replace(/\s+/gu, " ").trim();
}
