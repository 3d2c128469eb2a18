import { createHmac, hkdfSync } from 'node:crypto'
import { LRUCache } from 'lru-cache'

const digits = 16
const mostRemembered = 10_000

/**
 * Gives the name of a customer in logs and spans: the same one each time, which tells nothing of the customer to a reader
 * without the key. It is the beginning of an HMAC-SHA-256, in 16 hexadecimal digits.
 *
 * @param databaseKey a secret of the database, so that all replicas give the same names
 */
export function createCustomerPseudonym(databaseKey: string): (customer: string) => string {
	const key = new Uint8Array(hkdfSync('sha256', databaseKey, '', 'customers in logs', 32))
	const known = new LRUCache<string, string>({ max: mostRemembered })
	return (customer) => {
		const remembered = known.get(customer)
		if (remembered !== undefined) return remembered
		const pseudonym = createHmac('sha256', key).update(customer).digest('hex').slice(0, digits)
		known.set(customer, pseudonym)
		return pseudonym
	}
}
