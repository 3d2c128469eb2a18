import { signToken } from '@mercat/service/tokens'
import { readSigningKey } from '../command/signing-key.ts'
import { type Callers, createCallers } from './sending/callers.ts'

/** Who places the orders of a load, and who pays, ships and delivers them. */
export type LoadIdentities = { customers: Callers; staff: Callers }

const lifetimeMs = 24 * 3_600_000

// A customer may have 100 unpaid orders, and 1,200 requests a minute. An order in seventeen stays unpaid for 15 minutes.
const customersPerRate = 5
const leastCustomers = 20
// An order has up to three transitions, each of which is one of the 1,200 requests.
const ratePerClerk = 4

/**
 * Signs tokens for many customers and clerks, so that no limit of the service concerns one of them. With `MERCAT_TOKEN`,
 * every request has that token.
 */
export function createLoadIdentities(env: NodeJS.ProcessEnv, ratePerSecond: number, now: () => number): LoadIdentities {
	const given = env['MERCAT_TOKEN']
	if (given) {
		const only = () => createCallers({ count: 1, caller: () => ({ name: 'MERCAT_TOKEN', token: given }), now })
		return { customers: only(), staff: only() }
	}
	const key = readSigningKey(env)
	const callers = (role: string, scope: string, count: number): Callers =>
		createCallers({
			count: Math.ceil(count),
			now,
			caller(index) {
				const name = `${role}-${index + 1}`
				return { name, token: signToken(key, { subject: name, scope, lifetimeMs }) }
			},
		})
	return {
		customers: callers(
			'shopper',
			'orders:read orders:write',
			Math.max(leastCustomers, customersPerRate * ratePerSecond),
		),
		staff: callers('clerk', 'orders:manage catalog:write', Math.max(1, ratePerSecond / ratePerClerk)),
	}
}
