/** Opens the connection to a source. It never throws: trouble ends the socket. */
export type ConnectSource = (target: SourceTarget, events: SocketEvents) => SourceSocket

export type SourceTarget = { url: URL; headers: Record<string, string> }

/** The connection to a source, which may not be open yet. */
export type SourceSocket = {
	/** Stops to read. Some messages can still come, those that have left the network already. */
	pause(): void
	resume(): void
	ping(): void
	/** Tells the source that this end lives. A paused socket reads no pings, so it can answer none. */
	pong(): void
	/** Ends the connection at once. Events may still come. */
	end(): void
}

export type SocketEvents = {
	opened(): void
	message(data: Buffer): void
	/** A ping or a pong has come. */
	heard(): void
	/** The last event. It comes in any case, and never before the socket was returned. `why` names no credential. */
	closed(why: string): void
}
