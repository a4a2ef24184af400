import { readFileSync } from "node:fs";
import { XmlDocument, XsdValidator } from "libxml2-wasm";

/** Check documents by an XSD, with libxml2: `undefined` when one is valid, otherwise what is wrong. */
export function validatorOf(schema: URL): (text: string) => string | undefined {
  using document = XmlDocument.fromBuffer(readFileSync(schema));
  const validator = XsdValidator.fromDoc(document);
  return (text) => {
    using given = XmlDocument.fromString(text);
    try {
      validator.validate(given);
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  };
}
