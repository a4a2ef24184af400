import devanagari from "@fontsource-variable/noto-sans/files/noto-sans-devanagari-wght-normal.woff2?url";
import latin from "@fontsource-variable/noto-sans/files/noto-sans-latin-wght-normal.woff2?url";

/** The files of fonts.css for what draws letters by itself, as a map does, with the characters that each has. */
export const FONT_FILES = [
  { url: devanagari, unicodeRange: ["U+0900-097F", "U+200C-200D", "U+20B9"] },
  { url: latin, unicodeRange: ["U+0000-00FF", "U+2000-200B", "U+200E-206F"] },
];
