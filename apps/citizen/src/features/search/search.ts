/** What other features need of searching: the box. Its results are a page of their own. */
export { SearchBox } from "./SearchBox.tsx";
