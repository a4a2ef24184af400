/** What other features need of donors. */
export { DonorCalls } from "./DonorCalls.tsx";
