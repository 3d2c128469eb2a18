import { once } from 'node:events'
import { createServer } from 'node:net'
import { CommandError } from '../command/command-error.ts'
import type { StartSettings } from './start-settings.ts'

type WantedPort = { variable: string; port: number }

/**
 * Checks that the services can listen on their ports, before anything is made for them.
 *
 * @throws CommandError that names the variable of a port that is in use or not permitted
 */
export async function checkPorts(settings: StartSettings, host: string): Promise<void> {
	const taken = new Map<number, string>()
	for (const { variable, port } of wantedPorts(settings)) {
		const other = taken.get(port)
		if (other !== undefined)
			throw new CommandError(`${variable} and ${other} must be different: both need port ${port}`)
		taken.set(port, variable)
		await checkPort({ variable, port }, host)
	}
}

// Port 0 is any free port.
function wantedPorts({ catalogPort, orderPort, metricsPorts }: StartSettings): WantedPort[] {
	const ports = [
		{ variable: 'CATALOG_PORT', port: catalogPort },
		{ variable: 'ORDER_PORT', port: orderPort },
		{ variable: 'METRICS_PORT', port: metricsPorts?.order ?? 0 },
		{ variable: 'METRICS_PORT, after which the catalog takes the next port,', port: metricsPorts?.catalog ?? 0 },
	]
	return ports.filter(({ port }) => port !== 0)
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
