import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { CommandError } from '../command/command-error.ts'
import { visibleText } from '../output/visible-text.ts'
import { onStopSignal } from '../signals/stop-signal.ts'
import { checkPorts, findMarketTrouble } from './check-ports.ts'
import { prepareDataDir } from './data-dir.ts'
import { withFreePorts } from './free-ports.ts'
import { keepMarket } from './keep-market.ts'
import { forkService, reachableAddress, type ServiceProcess } from './service-process.ts'
import { readServicesConfig } from './services-config.ts'
import { catalogEnvironment, marketEnvironment, orderEnvironment } from './start-environment.ts'
import { readStartSettings, type StartSettings } from './start-settings.ts'

/** `demo` tells whether an empty catalog gets the demo products. */
export type StartOptions = { demo: boolean }

type StoppableService = Omit<ServiceProcess, 'address'>

/** What `mercat start` finds out before it starts the services. */
type StartFacts = StartOptions & {
	host: string
	hasConsole: boolean
	/** Why the market is left out, although it is wanted. */
	marketTrouble: string | undefined
}

/**
 * Runs `mercat start`: the services on embedded databases, until a signal to stop or the end of the catalog or the order
 * service. The market is there for prices only: whatever becomes of it, orders go on.
 *
 * @throws ConfigError for a wrong variable; CommandError for a port in use, or that names the service that ended, and how it
 * ended
 */
export async function runStart({ demo }: StartOptions, env: NodeJS.ProcessEnv): Promise<void> {
	const wanted = readStartSettings(env)
	const { catalog, order } = readServicesConfig(wanted, env)
	const { host } = catalog
	prepareDataDir(wanted)
	await checkPorts(wanted, host)
	const marketTrouble = await findMarketTrouble(wanted, host)
	const possible = marketTrouble === undefined ? wanted : { ...wanted, market: undefined }
	const settings = await withFreePorts(possible)
	const services: StoppableService[] = []
	const interruption = Promise.withResolvers<never>()
	onStopSignal({
		first: () => interruption.reject(new StopRequested()),
		again() {
			for (const service of services) service.kill()
		},
	})
	const facts = { host, hasConsole: order.console, demo, marketTrouble }
	const reason: unknown = await serve(settings, facts, env, services, interruption).catch((error: unknown) => error)
	const troubles = await stopAll(services)
	if (!(reason instanceof StopRequested)) throw reason
	if (troubles[0] !== undefined) throw new CommandError(troubles[0])
	console.log('stopped')
}

class StopRequested extends Error {
	override name = 'StopRequested'
}

// The interruption ends every wait, so that nothing is started after it.
async function serve(
	settings: StartSettings,
	{ host, hasConsole, demo, marketTrouble }: StartFacts,
	env: NodeJS.ProcessEnv,
	services: StoppableService[],
	interruption: PromiseWithResolvers<never>,
): Promise<never> {
	const unlessInterrupted = <T>(work: Promise<T>): Promise<T> => Promise.race([work, interruption.promise])
	const start = (
		name: 'catalog' | 'order',
		serviceEnv: NodeJS.ProcessEnv,
		onUnexpectedEnd: (error: CommandError) => void,
	): Promise<string> => {
		const service = forkService(name, entryPointOf(name), serviceEnv, onUnexpectedEnd)
		services.push(service)
		return unlessInterrupted(service.address)
	}

	const isFirstStart = !existsSync(join(settings.dataDir, 'order'))
	console.log(`${isFirstStart ? 'creating (some seconds)' : 'opening'} the embedded databases in ${settings.dataDir}`)
	const addressOf = (port: number) => reachableAddress({ host, port })
	const catalogAddress = addressOf(settings.catalogPort)
	const addresses = { catalog: catalogAddress, market: settings.market && addressOf(settings.market.port) }
	// Both start at the same time: each opens its database first and needs the other only afterwards.
	const catalog = start('catalog', catalogEnvironment(settings, env), interruption.reject)
	const order = start('order', orderEnvironment(settings, addresses, env), (error) => {
		// If neither service can start, the error is always the catalog's.
		catalog.then(
			() => interruption.reject(error),
			() => {},
		)
	})
	const [orderAddress] = await Promise.all([
		order,
		catalog.then(async () => {
			if (!demo) return
			const { loadDemoCatalog } = await unlessInterrupted(import('./demo-catalog.ts'))
			await unlessInterrupted(loadDemoCatalog(catalogAddress, settings.signingKey, env))
		}),
	])
	const { marketLines, welcome } = await unlessInterrupted(import('./welcome.ts'))
	const { metricsPorts: ports } = settings
	const metrics = ports && { order: addressOf(ports.order), catalog: addressOf(ports.catalog) }
	console.log(
		welcome({ catalog: catalogAddress, order: orderAddress, metrics }, settings.signingKey, { hasConsole, demo }),
	)
	// Last, so that nobody waits for it.
	if (marketTrouble !== undefined) warn(`the market service is left out, and orders go on without it: ${marketTrouble}`)
	if (settings.market !== undefined) {
		const { port, grpcPort } = settings.market
		const market = { rest: addressOf(port), grpc: addressOf(grpcPort), metrics: ports && addressOf(ports.market) }
		const marketEnv = marketEnvironment(settings, { catalog: catalogAddress, orders: orderAddress }, env)
		services.push(
			keepMarket({
				fork: (onUnexpectedEnd) => forkService('market', entryPointOf('market'), marketEnv, onUnexpectedEnd),
				listens: () => console.log(marketLines(market)),
				warn,
			}),
		)
	}
	return interruption.promise
}

function entryPointOf(name: 'catalog' | 'order' | 'market'): string {
	return import.meta.resolve(`@mercat/${name}/main`)
}

function warn(sentence: string): void {
	console.error(`mercat: ${visibleText(sentence)}`)
}

/** Tells of each service that did not end cleanly. The catalog stops last, because the others need it. */
async function stopAll([catalog, ...others]: StoppableService[]): Promise<string[]> {
	const stop = async (service: StoppableService) => {
		const trouble = await service.stop()
		return trouble && `the ${service.name} service ended: ${trouble}`
	}
	const troubles = await Promise.all(others.map(stop))
	if (catalog !== undefined) troubles.push(await stop(catalog))
	return troubles.filter((trouble) => trouble !== undefined)
}
