import { hash } from 'node:crypto'

// 128 bits: no two changes get the same id by chance.
const digits = 32

/**
 * The request id of a change of stock for the catalog. As with orders, a key belongs to the subject that sends it, so that
 * two people who use the same key make two changes.
 */
export function changeIdOf(subject: string, idempotencyKey: string): string {
	return hash('sha256', JSON.stringify([subject, idempotencyKey])).slice(0, digits)
}
