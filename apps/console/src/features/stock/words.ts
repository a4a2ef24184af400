import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { RejectedLine } from "@ihims/core/stock/endpoints.ts";
import type { StockField } from "@ihims/core/stock/list.ts";

/** What a column of a list holds. */
export const FIELD_WORDS: Record<StockField, MessageDescriptor> = {
  medicine: msg`Our medicine id`,
  code: msg`Your own code`,
  name: msg`Name`,
  strength: msg`Strength`,
  form: msg`Form`,
  quantity: msg`Packs`,
  price: msg`Price`,
  priceMinor: msg`Price in paise`,
  expiresOn: msg`Expires`,
  lot: msg`Lot`,
  observedAt: msg`Seen at`,
};

/** Why a line was not taken in. */
export const REJECTED_WORDS: Record<RejectedLine["reason"], MessageDescriptor> = {
  unreadable: msg`cannot be read`,
  "unknown-medicine": msg`no such medicine is in the catalogue`,
  "not-matched": msg`not certain which medicine this is: add its strength and form`,
  "from-the-future": msg`seen in the future: check the clock`,
  "not-of-this-list": msg`has a time of its own, which a whole list may not`,
};
