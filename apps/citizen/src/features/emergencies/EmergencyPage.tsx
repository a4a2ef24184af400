import "./emergencies.css";
import { Trans } from "@lingui/react/macro";
import { AmbulancesNear } from "../ambulances/ambulances.ts";
import { emergencyNumbersOf, useCity } from "../city/city.ts";
import { EmergencyNumbers } from "./EmergencyNumbers.tsx";
import { FirstAid } from "./FirstAid.tsx";
import { HoldToCall } from "./HoldToCall.tsx";
import { MyPlace } from "./MyPlace.tsx";
import { NearestDepartments } from "./NearestDepartments.tsx";

/** Whom to call, where one is, where to go, and what to do until then: in this order, and all of it without a network. */
export function EmergencyPage() {
  const city = useCity();
  const numbers = emergencyNumbersOf(city.data);
  const first = numbers.find(({ what }) => what === "ambulance") ?? numbers[0];
  return (
    <main id="main" className="page emergency">
      <h1>
        <Trans>Emergency</Trans>
      </h1>
      {first && <HoldToCall number={first.number} />}
      <EmergencyNumbers />
      <MyPlace />
      <NearestDepartments />
      <AmbulancesNear />
      <FirstAid />
    </main>
  );
}
