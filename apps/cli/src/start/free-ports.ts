import getPort from 'get-port'
import type { StartSettings } from './start-settings.ts'

/** The settings with a free port for each port that must be known before its service listens, and is 0. */
export async function withFreePorts(settings: StartSettings): Promise<StartSettings> {
	const { catalogPort, market, metricsPorts } = settings
	return {
		...settings,
		catalogPort: catalogPort || (await getPort()),
		market: market && { port: market.port || (await getPort()), grpcPort: market.grpcPort || (await getPort()) },
		metricsPorts: metricsPorts && {
			catalog: metricsPorts.catalog || (await getPort()),
			order: metricsPorts.order || (await getPort()),
			market: metricsPorts.market || (await getPort()),
		},
	}
}
