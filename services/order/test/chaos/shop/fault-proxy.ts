import { randomBytes } from 'node:crypto'
import { connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

export type Fault =
	/** All bytes arrive later, in order. */
	| { kind: 'delay'; delayMs: number; jitterMs: number }
	/** No bytes arrive until the fault ends. Then they do, as TCP would repeat them. */
	| { kind: 'black hole' }
	/** A limit of bytes in a second, in each direction. */
	| { kind: 'bandwidth'; bytesPerSecond: number }
	/** The connection is reset in the middle of its next answer. */
	| { kind: 'reset' }
	/** The server is gone without closing, as after a loss of power. When it is back it resets the old connections. */
	| { kind: 'half-open' }
	/**
	 * Open connections carry no bytes any more, also after the fault, as when a firewall has forgotten them. New ones
	 * work.
	 */
	| { kind: 'forgotten' }
	/** The client gets random bytes in place of answers. */
	| { kind: 'garbage' }
	/** The proxy stops listening and closes open connections. */
	| { kind: 'no listener' }

type Connection = { client: Socket; target: Socket; forgotten: boolean }

export type FaultProxy = AsyncDisposable & {
	readonly port: number
	/** Sets the port of the server for new connections. */
	target(port: number): void
	/** Begins a fault on open and new connections. */
	begin(fault: Fault): Promise<void>
	/** Ends the fault. */
	end(): Promise<void>
	/** Closes every open connection. */
	disconnect(): void
}

/** A TCP proxy between a client and a server on this machine, with the faults of a network. */
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
			// The other end of the connection is gone.
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
