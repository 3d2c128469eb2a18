import { randomBytes } from 'node:crypto'
import { connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

export type Fault =
	/** Everything arrives later, in its order. */
	| { kind: 'delay'; delayMs: number; jitterMs: number }
	/** Nothing arrives; when it is over, what was sent meanwhile does, as TCP sends it again. */
	| { kind: 'black hole' }
	/** So many bytes a second each way. */
	| { kind: 'bandwidth'; bytesPerSecond: number }
	/** In the middle of the next answer the connection is reset. */
	| { kind: 'reset' }
	/** The other end is gone without a word, as when a machine loses power; when it is back it knows no such connection. */
	| { kind: 'half-open' }
	/** The connections that there are carry nothing any more, for good, as when a firewall has forgotten them; new ones do. */
	| { kind: 'forgotten' }
	/** Random bytes in place of the answers. */
	| { kind: 'garbage' }
	/** Nobody listens, and open connections end. */
	| { kind: 'no listener' }

type Connection = { client: Socket; target: Socket; forgotten: boolean }

export type FaultProxy = AsyncDisposable & {
	readonly port: number
	/** Passes new connections on to this port. */
	target(port: number): void
	/** Begins a fault, on open and new connections alike. */
	begin(fault: Fault): Promise<void>
	/** Ends it. */
	end(): Promise<void>
	/** Ends every open connection. */
	disconnect(): void
}

/** A network between a client and a server on this machine that does what networks do. */
export async function startFaultProxy(): Promise<FaultProxy> {
	let targetPort = 0
	let port = 0
	let fault: Fault | undefined
	let over = Promise.withResolvers<void>()
	const connections = new Set<Connection>()

	const server = createServer({ noDelay: true }, (client) => {
		const target = connect({ port: targetPort, host: '127.0.0.1', noDelay: true })
		const connection = { client, target, forgotten: false }
		connections.add(connection)
		relay(connection, client, target)
		relay(connection, target, client)
		client.on('close', () => connections.delete(connection))
		if (fault?.kind === 'half-open') target.destroy()
	})

	function relay(connection: Connection, from: Socket, to: Socket): void {
		let sent = Promise.resolve()
		from.on('data', (chunk: Buffer) => {
			const dueAt = performance.now() + delayMs()
			sent = sent.then(() => pass(connection, chunk, to, dueAt))
		})
		from.on('error', () => {})
		from.on('close', () => {
			sent = sent.then(async () => {
				while (isSilent(connection)) await over.promise
				if (!connection.forgotten) to.destroy()
			})
		})
	}

	function delayMs(): number {
		return fault?.kind === 'delay' ? fault.delayMs + Math.random() * fault.jitterMs : 0
	}

	const isSilent = ({ forgotten }: Connection) =>
		forgotten || fault?.kind === 'black hole' || fault?.kind === 'half-open'

	async function pass(connection: Connection, chunk: Buffer, to: Socket, dueAt: number): Promise<void> {
		if (dueAt > performance.now()) await sleep(dueAt - performance.now())
		while (isSilent(connection)) await over.promise
		const { client } = connection
		if (to.destroyed) {
			// Sent to an end that is gone.
			client.resetAndDestroy()
		} else if (fault?.kind === 'reset' && to === client) {
			to.write(chunk.subarray(0, chunk.length / 2), () => client.resetAndDestroy())
		} else if (fault?.kind === 'garbage' && to === client) {
			to.write(randomBytes(chunk.length))
		} else if (fault?.kind === 'bandwidth') {
			await trickle(chunk, to)
		} else {
			to.write(chunk)
		}
	}

	async function trickle(chunk: Buffer, to: Socket): Promise<void> {
		for (let at = 0; at < chunk.length; ) {
			const size = fault?.kind === 'bandwidth' ? Math.ceil(fault.bytesPerSecond / 50) : chunk.length
			to.write(chunk.subarray(at, at + size))
			at += size
			await sleep(20)
		}
	}

	function disconnect(): void {
		for (const { client, target } of connections) {
			client.resetAndDestroy()
			target.destroy()
		}
	}

	const listen = () => new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening))
	const close = async () => {
		const closed = new Promise((settle) => server.close(settle))
		disconnect()
		await closed
	}

	await listen()
	port = (server.address() as { port: number }).port
	return {
		port,
		target(other) {
			targetPort = other
		},
		async begin(next) {
			fault = next
			if (next.kind === 'no listener') await close()
			if (next.kind === 'half-open') for (const { target } of connections) target.destroy()
			if (next.kind === 'forgotten') for (const connection of connections) connection.forgotten = true
		},
		async end() {
			const ended = fault
			fault = undefined
			over.resolve()
			over = Promise.withResolvers()
			if (ended?.kind === 'no listener') await listen()
		},
		disconnect,
		async [Symbol.asyncDispose]() {
			if (server.listening) await close()
		},
	}
}
