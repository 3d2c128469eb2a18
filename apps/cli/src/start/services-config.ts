import { type CatalogConfig, readCatalogConfig } from '@mercat/catalog/config'
import { type OrderConfig, readOrderConfig } from '@mercat/order/config'
import { ConfigError } from '@mercat/service/variables'
import { catalogEnvironment, orderEnvironmentWithoutKey } from './start-environment.ts'
import type { StartSettings } from './start-settings.ts'

/**
 * The configurations that both services will have. `mercat start` reads them before it makes anything, because a service says
 * what is wrong only when it starts.
 *
 * @throws ConfigError that names the wrong variables of both services
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
	const order = readOrCollect(() => readOrderConfig(orderEnvironmentWithoutKey(settings, 'unknown', env)))
	if (catalog === undefined || order === undefined) throw new ConfigError([...problems])
	return { catalog, order }
}
