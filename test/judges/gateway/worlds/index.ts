import { across } from './across';
import { apis } from './apis';
import { byHandAttempts } from './by-hand/attempts';
import { byHandProviders } from './by-hand/providers';
import { byHand } from './by-hand/routes';
import { noBuffer, noWindow } from './by-hand/sizes';
import { callers } from './callers';
import { examples } from './examples';
import { fallback } from './fallback';
import { gatewayPolicy } from './gateway-policy';
import { identities, irsa } from './identities';
import { limits, smallLimits } from './limits';
import { catchAll, many, models } from './models';
import { mutations } from './mutations';
import { providers } from './providers';
import { timeouts } from './timeouts';
import { tls } from './tls';
import { traffic } from './traffic';
import { World } from '../world';

export const worlds: readonly World[] = [
  providers, identities, irsa, apis, callers, fallback, across, traffic, limits, smallLimits, timeouts, tls, models, catchAll, many, mutations,
  gatewayPolicy, byHand, byHandAttempts, byHandProviders, noBuffer, noWindow, ...examples,
];
