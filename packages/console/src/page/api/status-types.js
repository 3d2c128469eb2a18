/** @typedef {{ name: string, state: 'up' | 'down', detail?: string }} ServicePart */
/** @typedef {{ name: string, state: 'up' | 'down' | 'draining', missing: string[], parts: ServicePart[] }} ServiceStatus */
/**
 * Per second.
 *
 * @typedef {{ placed: number, replayed: number, refused: number, refusals: Record<string, number>,
 *   transitions: Record<string, number>, requests: number, shed: number }} Rates
 */
/** @typedef {{ count: number, p50Ms: number | null, p95Ms: number | null, p99Ms: number | null }} Latency */
/** @typedef {{ name: string, perSecond: number, meanSize: number, meanWaitMs: number }} BatchRate */
/** @typedef {{ destination: string, pending: number, oldestS: number }} Destination */
/**
 * @typedef {{ unloggedEvents: number, oldestUnloggedS: number, destinations: Destination[], dead: number,
 *   overdueOrders: number }} Lags
 */
/**
 * A status of the shop, as `GET /v1/status` has it.
 *
 * @typedef {{ at: string, instance: string, workers: number, services: ServiceStatus[], rates: Rates | null,
 *   latency: Latency | null, batches: BatchRate[], lags: Lags | null, breaker: 'closed' | 'half_open' | 'open',
 *   databasePool: { used: number, idle: number, waiting: number }, streams: number, eventLoopDelayMs: number }} Status
 */
export {}
