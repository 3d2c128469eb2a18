import { randomUUID } from 'node:crypto'
import { closeSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { CommandError } from '../command/command-error.ts'

/** A new content of a file. The file keeps its old one until `end`, and for ever when the content is given up. */
export type NewContent = Disposable & {
	write(text: string): void
	/** Puts the new content in place. */
	end(): void
}

/**
 * Begins a new content of a file, in a temporary file beside it. What was not ended is removed when it is disposed of.
 *
 * @param name of the file for people, such as `report`
 * @throws CommandError, as `write` and `end` do, when the file cannot be written
 */
export function replaceFile(path: string, name: string): NewContent {
	const unfinished = `${path}.${randomUUID()}.tmp`
	const attempt = <T>(work: () => T): T => {
		try {
			return work()
		} catch (error) {
			throw cannotWrite(path, name, error)
		}
	}
	let file: number | undefined = attempt(() => openSync(unfinished, 'wx'))
	const close = () => {
		if (file !== undefined) closeSync(file)
		file = undefined
	}
	return {
		write: (text) =>
			attempt(() => {
				if (file !== undefined) writeAll(file, Buffer.from(text))
			}),
		end: () =>
			attempt(() => {
				close()
				renameSync(unfinished, path)
			}),
		[Symbol.dispose]() {
			close()
			rmSync(unfinished, { force: true })
		},
	}
}

/**
 * Finds out before the work that a file cannot be written, or would replace a file that the work reads.
 *
 * @throws CommandError with the exit code of wrong usage
 */
export function checkReplaceable(path: string, name: string, inputs: readonly string[] = []): void {
	const usage = (problem: string) => new CommandError(`the ${name} ${path} ${problem}`, { exitCode: 2 })
	if (!statSync(dirname(path), { throwIfNoEntry: false })?.isDirectory())
		throw usage('cannot be written: its folder does not exist')
	const present = statSync(path, { throwIfNoEntry: false })
	if (present?.isDirectory()) throw usage('must be a file, and is a folder')
	for (const input of inputs) {
		const read = statSync(input, { throwIfNoEntry: false })
		if (present && read && present.ino === read.ino && present.dev === read.dev)
			throw usage(`must not be ${input}, which the command reads`)
	}
}

function writeAll(file: number, bytes: Buffer): void {
	for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written)
}

function cannotWrite(path: string, name: string, error: unknown): CommandError {
	if (error instanceof CommandError) return error
	const { code = String(error) } = error as NodeJS.ErrnoException
	return new CommandError(`the ${name} ${path} cannot be written: ${code}`, { cause: error })
}
