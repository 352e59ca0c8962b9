/** Rules of an AIGatewayRoute: the HTTPRoute generated from it holds 16, and one of these is the gateway's own. */
export const MOST_RULES = 15;

/** BackendRefs in a rule of that HTTPRoute. */
export const MOST_TARGETS = 16;
