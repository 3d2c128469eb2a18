import { once } from 'node:events'
import { createServer } from 'node:net'
import { CommandError } from '../command/command-error.ts'
import type { StartSettings } from './start-settings.ts'

type WantedPort = { variable: string; port: number }

/**
 * Checks that the catalog and the order service can listen on their ports, before anything is made for them.
 *
 * @throws CommandError that names the variable of a port that is in use or not permitted
 */
export async function checkPorts(settings: StartSettings, host: string): Promise<void> {
	await checkEach(shopPorts(settings), [], host)
}

/** Why the market cannot listen on its ports, in a sentence; undefined when it can. The shop works without it. */
export async function findMarketTrouble(settings: StartSettings, host: string): Promise<string | undefined> {
	try {
		await checkEach(marketPorts(settings), shopPorts(settings), host)
		return undefined
	} catch (error) {
		if (error instanceof CommandError) return error.message
		throw error
	}
}

// The catalog and the market take the ports after it.
const afterMetricsPort = (name: string, which: string) => `METRICS_PORT, after which ${name} takes ${which},`

function shopPorts({ catalogPort, orderPort, metricsPorts }: StartSettings): WantedPort[] {
	return fixed([
		{ variable: 'CATALOG_PORT', port: catalogPort },
		{ variable: 'ORDER_PORT', port: orderPort },
		{ variable: 'METRICS_PORT', port: metricsPorts?.order ?? 0 },
		{ variable: afterMetricsPort('the catalog', 'the next port'), port: metricsPorts?.catalog ?? 0 },
	])
}

function marketPorts({ market, metricsPorts }: StartSettings): WantedPort[] {
	if (market === undefined) return []
	return fixed([
		{ variable: 'MARKET_PORT', port: market.port },
		{ variable: 'MARKET_GRPC_PORT', port: market.grpcPort },
		{ variable: afterMetricsPort('the market', 'the second port'), port: metricsPorts?.market ?? 0 },
	])
}

// Port 0 is any free port.
function fixed(ports: WantedPort[]): WantedPort[] {
	return ports.filter(({ port }) => port !== 0)
}

async function checkEach(ports: WantedPort[], others: WantedPort[], host: string): Promise<void> {
	const taken = new Map(others.map(({ variable, port }) => [port, variable]))
	for (const { variable, port } of ports) {
		const other = taken.get(port)
		if (other !== undefined)
			throw new CommandError(`${variable} and ${other} must be different: both need port ${port}`)
		taken.set(port, variable)
		await checkPort({ variable, port }, host)
	}
}

async function checkPort(wanted: WantedPort, host: string): Promise<void> {
	const server = createServer()
	try {
		server.listen({ port: wanted.port, host, exclusive: true })
		await once(server, 'listening')
		server.close()
		await once(server, 'close')
	} catch (error) {
		throw new CommandError(sentenceFor(error as NodeJS.ErrnoException, wanted, host), { cause: error })
	}
}

function sentenceFor({ code }: NodeJS.ErrnoException, { variable, port }: WantedPort, host: string): string {
	switch (code) {
		case 'EADDRINUSE':
			return `port ${port} of ${host} is in use, perhaps by another mercat start: stop the program that has it, or set ${variable} to another port, or to 0 for any free port`
		case 'EACCES':
			return `port ${port} of ${host} is not permitted to this user: set ${variable} to another port, such as one above 1023`
		default:
			return `HOST must be an address of this machine: nothing can listen on ${host} (${code})`
	}
}
