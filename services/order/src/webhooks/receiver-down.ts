/** After so many new events without a delivery, the receiver counts as down. */
export const downAfterFailures = 20

/** While the receiver is down, one new event is tried when each pending delivery has had this many attempts. */
export const triesBeforeProbe = 10
