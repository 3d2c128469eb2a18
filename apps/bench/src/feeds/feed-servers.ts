import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

/** How a source answers in the next run. */
export type SourceMode = 'good' | 'slow' | 'hanging' | 'garbage' | 'cut' | 'empty' | 'html' | 'tenTimes' | 'private'

/** Suppliers on this machine, each with a host and port of its own. All of them have the same rows. */
export type FeedServers = AsyncDisposable & {
	urls: string[]
	/** How each source answers from now on. Each new version changes the title of every product. */
	serve(version: number, modes: SourceMode[]): void
}

/** How the sources of the table behave: 10 are good, and 40 are not. */
export const badModes: SourceMode[] = [
	...times(10, 'good'),
	...times(10, 'slow'),
	...times(5, 'hanging'),
	...times(5, 'garbage'),
	...times(5, 'cut'),
	...times(5, 'empty'),
	...times(5, 'html'),
	...times(3, 'tenTimes'),
	...times(2, 'private'),
]

const slowMs = 30_000
const slowPieces = 10
const csvType = { 'content-type': 'text/csv' }
const page = '<!DOCTYPE html><html><body>We are closed for maintenance.</body></html>'

/** @param csv rows of our own format, which begin with the sku and the title */
export async function startFeedServers(csv: string, count: number): Promise<FeedServers> {
	await using opened = new AsyncDisposableStack()
	const garbage = Buffer.from(Array.from({ length: 100_000 }, (_, n) => (n * n * 31 + (n >> 3)) % 256))
	let modes: SourceMode[] = []
	let [body, tenTimes] = ['', '']

	const answers: Record<SourceMode, RequestListener> = {
		good: (_request, response) => response.writeHead(200, csvType).end(body),
		slow(_request, response) {
			const piece = Math.ceil(body.length / slowPieces)
			let sent = 0
			response.writeHead(200, csvType)
			const timer = setInterval(() => {
				response.write(body.slice(sent, sent + piece))
				sent += piece
				if (sent >= body.length) response.end()
			}, slowMs / slowPieces)
			response.on('close', () => clearInterval(timer))
		},
		hanging() {},
		garbage: (_request, response) => response.writeHead(200, csvType).end(garbage),
		cut(_request, response) {
			response.writeHead(200, { ...csvType, 'content-length': Buffer.byteLength(body) })
			response.write(body.slice(0, body.length / 2), () => response.destroy())
		},
		empty: (_request, response) => response.writeHead(200, csvType).end(),
		html: (_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(page),
		tenTimes: (_request, response) => response.writeHead(200, csvType).end(tenTimes),
		// Its feed may not be on this machine, so nobody comes here.
		private: (_request, response) => response.writeHead(200, csvType).end(body),
	}

	const urls: string[] = []
	for (let index = 0; index < count; index++) {
		const server = createServer((request, response) => answers[modes[index] ?? 'good'](request, response))
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
		opened.defer(async () => {
			server.closeAllConnections()
			await new Promise((resolve) => server.close(resolve))
		})
		urls.push(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
	}
	const resources = opened.move()
	return {
		urls,
		serve(version, newModes) {
			modes = newModes
			body = csv.replaceAll(/^(P-\d+,)/gm, `$1Version ${version} `)
			if (modes.length > 0) return
			// Only the prices differ from what all sources had when all were good.
			tenTimes = body.replaceAll(/,(\d+)\.(\d\d),EUR,/g, ',$10.$2,EUR,')
		},
		async [Symbol.asyncDispose]() {
			await resources.disposeAsync()
		},
	}
}

function times(count: number, mode: SourceMode): SourceMode[] {
	return Array.from({ length: count }, () => mode)
}
