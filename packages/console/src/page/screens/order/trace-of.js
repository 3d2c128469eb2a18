/**
 * The trace id in a `traceparent` (W3C Trace Context).
 *
 * @param {string | undefined} traceparent
 */
export function traceOf(traceparent) {
	return /^[0-9a-f]{2}-([0-9a-f]{32})-/.exec(traceparent ?? '')?.[1]
}
