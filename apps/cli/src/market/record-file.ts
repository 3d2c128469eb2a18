import { createWriteStream } from 'node:fs'
import { CommandError } from '../command/command-error.ts'

/** Disposing of it throws a CommandError when the file could not be written. */
export type RecordFile = AsyncDisposable & { write(line: string): void }

/**
 * Opens the file for what an exchange sends, one line for each message. Without a path nothing is kept.
 *
 * @param failed called when the file cannot be written
 */
export function openRecord(path: string | undefined, failed: () => void): RecordFile {
	if (path === undefined) return { write() {}, async [Symbol.asyncDispose]() {} }
	const stream = createWriteStream(path)
	let trouble: CommandError | undefined
	stream.on('error', (error: NodeJS.ErrnoException) => {
		trouble ??= new CommandError(`${path} cannot be written: ${error.code}`, { cause: error })
		failed()
	})
	return {
		write(line) {
			if (trouble === undefined) stream.write(`${line}\n`)
		},
		async [Symbol.asyncDispose]() {
			await new Promise<void>((resolve) => stream.end(() => resolve()))
			if (trouble !== undefined) throw trouble
		},
	}
}
