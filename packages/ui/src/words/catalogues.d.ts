declare module "*.po" {
  import type { Messages } from "@lingui/core";

  /** The compiled messages of one language, by the hash of the English text. */
  export const messages: Messages;
}
