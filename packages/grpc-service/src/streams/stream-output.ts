/** The way to the caller of a stream of responses. */
export type StreamOutput = {
	/** Calls `taken` when the connection has taken the response: not before the caller has room for it. */
	write(response: Buffer, taken: () => void): void
	/** Ends the stream after what was written. */
	end(): void
	/** Ends the stream with the status of an error, after what was written. */
	fail(error: unknown): void
	/** Cuts the stream off, with what was written and not taken. */
	cut(): void
	/** Whether the server or its peer has begun to close the connection. */
	isConnectionClosing(): boolean
}
