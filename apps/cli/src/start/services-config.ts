import { type CatalogConfig, readCatalogConfig } from '@mercat/catalog/config'
import { readMarketConfig } from '@mercat/market/config'
import { type OrderConfig, readOrderConfig } from '@mercat/order/config'
import { ConfigError } from '@mercat/service/variables'
import { catalogEnvironment, marketEnvironment, orderEnvironmentWithoutKey } from './start-environment.ts'
import type { StartSettings } from './start-settings.ts'

const unknown = { catalog: 'unknown', orders: 'unknown' }

/**
 * The configurations that the services will have. `mercat start` reads them before it makes anything, because a service says
 * what is wrong only when it starts.
 *
 * @throws ConfigError that names the wrong variables of all services
 */
export function readServicesConfig(
	settings: StartSettings,
	env: NodeJS.ProcessEnv,
): { catalog: CatalogConfig; order: OrderConfig } {
	const problems = new Set<string>()
	const readOrCollect = <Config>(read: () => Config): Config | undefined => {
		try {
			return read()
		} catch (error) {
			if (!(error instanceof ConfigError)) throw error
			for (const problem of error.problems) problems.add(problem)
			return undefined
		}
	}
	const catalog = readOrCollect(() => readCatalogConfig(catalogEnvironment(settings, env)))
	const order = readOrCollect(() => readOrderConfig(orderEnvironmentWithoutKey(settings, unknown, env)))
	if (settings.market !== undefined) readOrCollect(() => readMarketConfig(marketEnvironment(settings, unknown, env)))
	if (catalog === undefined || order === undefined || problems.size > 0) throw new ConfigError([...problems])
	return { catalog, order }
}
