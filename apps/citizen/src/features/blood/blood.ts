/** What other features need of blood. */
export { BloodOfFacility } from "./BloodOfFacility.tsx";
