/** The connection of the reader of a stream. */
export type StreamOutput = {
	/** Calls `written` when the operating system has taken the text or the bytes, or with the error. */
	write(text: string | Uint8Array, written: (error?: Error | null) => void): unknown
	/** Writes the text and closes the connection. */
	end(text: string): unknown
	/** Closes the connection at once. */
	destroy(): unknown
}

const endMs = 900

/** Ends a stream with a last text. A reader that does not read would never see the end, so its connection is closed. */
export function endOutput(output: StreamOutput, text: string): void {
	output.end(text)
	setTimeout(() => output.destroy(), endMs).unref()
}
