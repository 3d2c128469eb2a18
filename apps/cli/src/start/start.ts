import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { CommandError } from '../command/command-error.ts'
import { onStopSignal } from '../signals/stop-signal.ts'
import { checkPorts } from './check-ports.ts'
import { prepareDataDir } from './data-dir.ts'
import { withFreePorts } from './free-ports.ts'
import { forkService, reachableAddress, type ServiceProcess } from './service-process.ts'
import { readServicesConfig } from './services-config.ts'
import { catalogEnvironment, orderEnvironment } from './start-environment.ts'
import { readStartSettings, type StartSettings } from './start-settings.ts'

/** `demo` tells whether an empty catalog gets the demo products. */
export type StartOptions = { demo: boolean }

/**
 * Runs `mercat start`: both services on embedded databases, until a signal to stop or the end of a service.
 *
 * @throws ConfigError for a wrong variable; CommandError for a port in use, or that names the service that ended, and how it
 * ended
 */
export async function runStart({ demo }: StartOptions, env: NodeJS.ProcessEnv): Promise<void> {
	const wanted = readStartSettings(env)
	const { catalog, order } = readServicesConfig(wanted, env)
	const { host } = catalog
	prepareDataDir(wanted.dataDir)
	await checkPorts(wanted, host)
	const settings = await withFreePorts(wanted)
	const services: ServiceProcess[] = []
	const interruption = Promise.withResolvers<never>()
	onStopSignal({
		first: () => interruption.reject(new StopRequested()),
		again() {
			for (const service of services) service.kill()
		},
	})
	const facts = { host, hasConsole: order.console, demo }
	const reason: unknown = await serve(settings, facts, env, services, interruption).catch((error: unknown) => error)
	const endings = await stopAll(services)
	if (!(reason instanceof StopRequested)) throw reason
	const unclean = endings.find(({ trouble }) => trouble !== undefined)
	if (unclean !== undefined) throw new CommandError(`the ${unclean.name} service ended: ${unclean.trouble}`)
	console.log('stopped')
}

class StopRequested extends Error {
	override name = 'StopRequested'
}

// The interruption ends every wait, so that nothing is started after it.
async function serve(
	settings: StartSettings,
	{ host, hasConsole, demo }: StartOptions & { host: string; hasConsole: boolean },
	env: NodeJS.ProcessEnv,
	services: ServiceProcess[],
	interruption: PromiseWithResolvers<never>,
): Promise<never> {
	const unlessInterrupted = <T>(work: Promise<T>): Promise<T> => Promise.race([work, interruption.promise])
	const start = (
		name: 'catalog' | 'order',
		serviceEnv: NodeJS.ProcessEnv,
		onUnexpectedEnd: (error: CommandError) => void,
	): Promise<string> => {
		const entryPoint = import.meta.resolve(`@mercat/${name}/main`)
		const service = forkService(name, entryPoint, serviceEnv, onUnexpectedEnd)
		services.push(service)
		return unlessInterrupted(service.address)
	}

	const isFirstStart = !existsSync(join(settings.dataDir, 'order'))
	console.log(`${isFirstStart ? 'creating (some seconds)' : 'opening'} the embedded databases in ${settings.dataDir}`)
	const addressOf = (port: number) => reachableAddress({ host, port })
	const catalogAddress = addressOf(settings.catalogPort)
	// Both start at the same time: each opens its database first and needs the other only afterwards.
	const catalog = start('catalog', catalogEnvironment(settings, env), interruption.reject)
	const order = start('order', orderEnvironment(settings, catalogAddress, env), (error) => {
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
	const { welcome } = await unlessInterrupted(import('./welcome.ts'))
	const { metricsPorts: ports } = settings
	const metrics = ports && { order: addressOf(ports.order), catalog: addressOf(ports.catalog) }
	console.log(
		welcome({ catalog: catalogAddress, order: orderAddress, metrics }, settings.signingKey, { hasConsole, demo }),
	)
	return interruption.promise
}

// The order service stops first, because its open requests need the catalog.
async function stopAll(services: ServiceProcess[]): Promise<{ name: string; trouble: string | undefined }[]> {
	const endings = []
	for (const service of services.toReversed()) endings.push({ name: service.name, trouble: await service.stop() })
	return endings
}
