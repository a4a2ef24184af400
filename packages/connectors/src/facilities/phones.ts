import { isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js";
import { parsePhoneNumberFromString as parseMobile } from "libphonenumber-js/mobile";
import type { Phone } from "@ihims/core/facilities/schema.ts";
import { partsOf, tidy } from "./row.ts";

const PHONES_MAX = 20;
const PHONE_MAX_CHARS = 40;

/**
 * Read telephone numbers: several in one text are parted by `;`, `,` or a line's end.
 *
 * A number that can be understood becomes E.164; one that cannot (`040-27804949/5959`, an area code
 * left out) stays as it was written, because a person can still dial it. What has no digit is no
 * number and is dropped.
 *
 * @param countryCode ISO 3166-1 country of numbers that do not say theirs
 */
export function readPhones(texts: readonly (string | undefined)[], countryCode: string): Phone[] {
  const country = isSupportedCountry(countryCode) ? countryCode : undefined;
  const numbers = new Set<string>();
  for (const part of texts.flatMap((text) => partsOf(text, /[;,\n]/u))) {
    const parsed = parsePhoneNumberFromString(part, {
      ...(country && { defaultCountry: country }),
      extract: false,
    });
    const isWhole = parsed?.isValid() === true && parsed.ext === undefined;
    const number = isWhole ? parsed.number : tidy(part, PHONE_MAX_CHARS);
    if (number && number.length >= 2 && /\d/u.test(number)) numbers.add(number);
  }
  return [...numbers].slice(0, PHONES_MAX).map((number) => ({ number }));
}

const DEVANAGARI_ZERO = "०".charCodeAt(0);

/** Digits of Devanagari as those that machines write. */
export function foldDigits(text: string): string {
  return text.replace(/[०-९]/gu, (digit) => String(digit.charCodeAt(0) - DEVANAGARI_ZERO));
}

/**
 * Read the number of somebody who is to get messages on it.
 *
 * @param countryCode ISO 3166-1 country of a number that does not say its own
 * @returns E.164; undefined when it is no mobile's number that could exist
 */
export function readMobile(text: string, countryCode: string): string | undefined {
  const country = isSupportedCountry(countryCode) ? countryCode : undefined;
  const parsed = parseMobile(foldDigits(text), {
    ...(country && { defaultCountry: country }),
    extract: false,
  });
  return parsed?.isValid() === true && parsed.ext === undefined ? parsed.number : undefined;
}
