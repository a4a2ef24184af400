import iconv from "iconv-lite";

/** HL7 v2 table 0211, as far as it can be read byte by byte; what iconv calls each. */
const ENCODING_BY_CHARSET: ReadonlyMap<string, string> = new Map([
  ["UNICODE UTF-8", "utf8"],
  ["UTF-8", "utf8"],
  ["UNICODE", "utf8"],
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 15].flatMap((part) => [
    [`8859/${part}`, `iso-8859-${part}`] as const,
    [`ISO-8859-${part}`, `iso-8859-${part}`] as const,
  ]),
  ["GB 18030-2000", "gb18030"],
  ["KS X 1001", "euc-kr"],
  ["BIG-5", "big5"],
]);

/** How the bytes of a message became text, and how its answer becomes bytes. */
export interface MllpText {
  text: string;
  encoding: string;
  /** The character set of MSH-18 that is not read here; the text is then only good for its header. */
  unsupported: string | undefined;
}

/**
 * Read the bytes of an HL7 v2 message by the character set that its MSH-18 names. ASCII or nothing
 * there is what systems also say that send UTF-8 or Windows-1252: UTF-8 when it is well-formed.
 */
export function readMllpText(bytes: Buffer): MllpText {
  const charset = charsetOf(bytes);
  if (charset === "" || charset === "ASCII" || charset === "ISO IR6") {
    const encoding = isUtf8(bytes) ? "utf8" : "windows-1252";
    return { text: iconv.decode(bytes, encoding), encoding, unsupported: undefined };
  }
  const encoding = ENCODING_BY_CHARSET.get(charset);
  if (!encoding) return { text: iconv.decode(bytes, "latin1"), encoding: "latin1", unsupported: charset };
  return { text: iconv.decode(bytes, encoding), encoding, unsupported: undefined };
}

/** The bytes of an answer, in the encoding of the message that it answers. */
export function writeMllpText(text: string, encoding: string): Buffer {
  return iconv.encode(text, encoding);
}

/** MSH-18 as it is in the bytes: its first repetition, in capitals. The header's own signs are the same in every set that is read. */
function charsetOf(bytes: Buffer): string {
  const header =
    bytes
      .subarray(0, 2000)
      .toString("latin1")
      .trimStart()
      .split(/[\r\n]/, 1)[0] ?? "";
  const [separator, repetition] = [header.charAt(3), header.charAt(5)];
  if (!header.startsWith("MSH") || separator === "") return "";
  const field = header.split(separator)[17] ?? "";
  const first = repetition === "" ? field : (field.split(repetition)[0] ?? "");
  return first.trim().toUpperCase();
}

const strict = new TextDecoder("utf-8", { fatal: true });

function isUtf8(bytes: Buffer): boolean {
  try {
    strict.decode(bytes);
    return true;
  } catch {
    return false;
  }
}
