import { signToken } from '@mercat/service/tokens'
import { ConfigError } from '@mercat/service/variables'
import { readSigningKey } from '../command/signing-key.ts'
import { checkCatalog } from './check-catalog.ts'
import { checkConfiguration } from './check-configuration.ts'
import { checkDatabase } from './check-database.ts'
import { checkMarket } from './check-market.ts'
import { checkOrders } from './check-orders.ts'
import { type Finding, fine, wrong } from './finding.ts'

export type DoctorTargets = {
	catalogDb?: string
	orderDb?: string
	marketDb?: string
	/** The address of the catalog, as `HOST:PORT`. */
	catalog: string
	/** The URL of the order service. */
	orders: string
	/** The URL of the market. */
	market: string
}

/**
 * Runs `mercat doctor`, which prints a line for each part of the system. It changes nothing. It asks for one order of a
 * product that does not exist.
 *
 * @returns the exit code: 1 if anything is wrong
 */
export async function runDoctor(targets: DoctorTargets, env: NodeJS.ProcessEnv): Promise<number> {
	const findings: Finding[] = []
	const add = (finding: Finding) => {
		findings.push(finding)
		console.log(`${finding.isWrong ? 'WRONG' : 'ok   '}  ${finding.subject}: ${finding.sentence}`)
	}
	add(checkConfiguration(env))
	add(await checkDatabase('catalog', targets.catalogDb, env))
	add(await checkDatabase('order', targets.orderDb, env))
	const hasMarket = env['MARKET'] !== 'false'
	if (hasMarket) add(await checkDatabase('market', targets.marketDb, env))
	const token = (scope: string) => env['MERCAT_TOKEN'] || signToken(readSigningKey(env), { ...self, scope })
	const checks: [string, () => Promise<Finding[]>][] = [
		['catalog service', async () => [await checkCatalog(targets.catalog, token('stock:reserve'), env)]],
		['order service', () => checkOrders(targets.orders, token('orders:read orders:write webhooks:manage'))],
		['market service', async () => [hasMarket ? await checkMarket(targets.market, token('market:read')) : leftOut]],
	]
	for (const [subject, check] of checks) for (const finding of await unlessMisconfigured(subject, check)) add(finding)
	return findings.some(({ isWrong }) => isWrong) ? 1 : 0
}

const leftOut = fine('market service', 'it is left out, because MARKET is false')
const self = { subject: 'mercat-doctor', lifetimeMs: 60_000 }

async function unlessMisconfigured(subject: string, check: () => Promise<Finding[]>): Promise<Finding[]> {
	try {
		return await check()
	} catch (error) {
		if (!(error instanceof ConfigError)) throw error
		return [wrong(subject, `it was not asked, because of the configuration: ${error.message}`)]
	}
}
