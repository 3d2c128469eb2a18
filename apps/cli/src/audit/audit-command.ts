import { createCatalogAuditStore } from '@mercat/catalog/audit'
import { createChangeAuditStore } from '@mercat/catalog/change-audit'
import { createFeedAuditStore } from '@mercat/catalog/feed-audit'
import { createPriceAuditStore } from '@mercat/catalog/price-audit'
import { createSearchAuditStore } from '@mercat/catalog/search-audit'
import { createSourcePriceAuditStore } from '@mercat/catalog/source-price-audit'
import type { Database } from '@mercat/database/database'
import { createBarAuditStore } from '@mercat/market/bar-audit'
import { createBlockAuditStore } from '@mercat/market/block-audit'
import { createSalesAuditStore } from '@mercat/market/sales-audit'
import { createSourceAuditStore } from '@mercat/market/source-audit'
import { createOrderAuditStore } from '@mercat/order/audit'
import { createEventAuditStore } from '@mercat/order/event-audit'
import { createSoldAuditStore } from '@mercat/order/sold-audit'
import { CommandError } from '../command/command-error.ts'
import { describeFailure } from '../command/describe-failure.ts'
import { openExistingDatabase } from '../command/open-existing-database.ts'
import { audit, type Finding } from './audit.ts'
import { auditMarket } from './audit-market.ts'

export type AuditTargets = { catalogDb?: string; orderDb?: string; marketDb?: string }

const mostBreachesShown = 10
const olderSchema = (database: string, service: string) =>
	`the ${database} database has the schema of an earlier version; the ${service} brings it up to date when it starts`

/**
 * Runs `mercat audit`, which prints one line for each invariant.
 *
 * @returns the exit code
 * @throws CommandError when a database cannot be opened or read, or has the schema of an earlier version
 */
export async function runAudit(
	{ catalogDb, orderDb, marketDb }: AuditTargets,
	env: NodeJS.ProcessEnv,
	print: (line: string) => void = console.log,
): Promise<number> {
	await using catalog = await openExistingDatabase('catalog', catalogDb, env)
	await using orders = await openExistingDatabase('order', orderDb, env)
	await using market = marketDb === undefined ? undefined : await openExistingDatabase('market', marketDb, env)
	const findings = await auditAll(catalog, orders, market).catch((error: unknown) => {
		const failure = describeFailure(error)
		throw failure === undefined ? error : new CommandError(failure, { exitCode: 2, cause: error })
	})
	for (const finding of findings) print(describe(finding))
	return findings.every(({ breaches }) => breaches.length === 0) ? 0 : 1
}

async function auditAll(catalog: Database, orders: Database, market: Database | undefined): Promise<Finding[]> {
	const events = createEventAuditStore(orders)
	const feeds = createFeedAuditStore(catalog)
	const search = createSearchAuditStore(catalog)
	const prices = createPriceAuditStore(catalog)
	const changes = createChangeAuditStore(catalog)
	if (!(await events.hasLog())) throw new CommandError(olderSchema('order', 'order service'), { exitCode: 2 })
	const catalogParts = [feeds.hasFeeds, search.hasIndex, prices.hasHistory, changes.hasLog]
	for (const has of catalogParts) {
		if (!(await has())) throw new CommandError(olderSchema('catalog', 'catalog'), { exitCode: 2 })
	}
	const findings = await audit(
		{ orders: createOrderAuditStore(orders), events },
		{ catalog: createCatalogAuditStore(catalog), feeds, search, prices, changes },
	)
	return market === undefined ? findings : [...findings, ...(await auditOfMarket(market, catalog, orders))]
}

function auditOfMarket(market: Database, catalog: Database, orders: Database): Promise<Finding[]> {
	const stores = {
		sources: createSourceAuditStore(market),
		blocks: createBlockAuditStore(market),
		bars: createBarAuditStore(market),
		sales: createSalesAuditStore(market),
	}
	return auditMarket(stores, { prices: createSourcePriceAuditStore(catalog), sold: createSoldAuditStore(orders) })
}

function describe({ invariant, title, breaches }: Finding): string {
	if (breaches.length === 0) return `${invariant} ok      ${title}`
	const shown = breaches.slice(0, mostBreachesShown).map(({ subject, finding }) => `${subject}: ${finding}`)
	const more = breaches.length > mostBreachesShown ? [`and ${breaches.length - mostBreachesShown} more`] : []
	return `${invariant} BROKEN  ${title}: ${[...shown, ...more].join('; ')}`
}
