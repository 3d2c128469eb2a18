/** @import { Order } from '@mercat/client' */

/** @typedef {{ at: string, ms: number, status?: number, error?: string, answer?: string }} Attempt */
/**
 * @typedef {{ id: string, webhookId: string, url: string, webhookState: 'active' | 'paused', state: 'pending' | 'delivered' | 'dead', attempts: number,
 *   nextAttemptAt: string | null, lastAttempt: Attempt | null }} Delivery
 */
/**
 * `position` is null for an event that is not in the log yet.
 *
 * @typedef {{ position: string | null, version: number, type: string, loggedAt: string | null,
 *   event: (Record<string, any> & { traceparent?: string }) | null, deliveries: Delivery[] }} LoggedEvent
 */
/**
 * A command to the catalog: to sell the stock of a reservation, or to give it back.
 *
 * @typedef {{ id: string, version: number, type: 'commit' | 'release', state: 'pending' | 'delivered' | 'dead', attempts: number,
 *   createdAt: string, nextAttemptAt: string | null, settledAt: string | null, lastError: string | null }} Command
 */
/** @typedef {{ events: LoggedEvent[], commands: Command[] }} OrderEvents */
/**
 * @typedef {{ orderId: string, state: 'HELD' | 'COMMITTED' | 'RELEASED' | 'EXPIRED', expiresAt: string | null, createdAt: string,
 *   updatedAt: string, total: Order['total'] | null,
 *   lines: { sku: string, title: string, quantity: number, unitPrice: Order['total'] }[] }} Reservation
 */

export {}
