import { MessageChannel, Worker } from 'node:worker_threads'
import type { ParseJob, ParseOptions } from './parse-messages.ts'
import { listenToParser, type ParsedFile, type ParseListener } from './parsed-file.ts'

/** Threads that parse files, so that the event loop stays free. Each has one file at a time. */
export type Parsers = {
	/**
	 * Opens a file as soon as a thread is free. Dispose of the result to give the thread back.
	 *
	 * @throws ProductFileError when the file cannot be opened
	 */
	parse(path: string, options: ParseOptions, listener?: ParseListener): Promise<ParsedFile>
	[Symbol.asyncDispose](): Promise<void>
}

const defaultLanes = 4

// Without limits, a thread that makes much garbage collects it late: its memory was twice as large. Skus are kept elsewhere.
const resourceLimits = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 512 }

// A socket closes the descriptor of the pipe that it reads. A thread that tracks descriptors closes the number again when it
// ends, and by then a connection of the process may have that number: the process aborts.
const trackUnmanagedFds = false

/** A thread, and what ends its present file when the thread dies. */
type Thread = { worker: Worker; isDead: boolean; fail(error: Error): void }

/** @param count how many threads there are at most. A thread starts when it is needed first, or when another one has died. */
export function openParsers(count = 1): Parsers {
	const threads = new Set<Thread>()
	const free: Thread[] = []
	const waiting: ((thread: Thread) => void)[] = []
	let isClosed = false

	function startThread(): Thread {
		const worker = new Worker(new URL('./parser-thread.js', import.meta.url), { resourceLimits, trackUnmanagedFds })
		const thread: Thread = { worker, isDead: false, fail() {} }
		let fault: unknown
		worker.on('error', (error) => {
			fault = error
		})
		worker.on('exit', () => {
			thread.isDead = true
			threads.delete(thread)
			thread.fail(new Error(`the thread of the parser has ended${reasonOf(fault)}`, { cause: fault }))
			if (!isClosed) waiting.shift()?.(startThread())
		})
		worker.unref()
		threads.add(thread)
		return thread
	}

	function take(): Thread | Promise<Thread> {
		for (let thread = free.pop(); thread !== undefined; thread = free.pop()) if (!thread.isDead) return thread
		return threads.size < count ? startThread() : new Promise((resolve) => waiting.push(resolve))
	}

	function giveBack(thread: Thread): void {
		thread.fail = () => {}
		if (thread.isDead) return
		const next = waiting.shift()
		if (next === undefined) free.push(thread)
		else next(thread)
	}

	return {
		async parse(path, options, listener = {}) {
			const { lanes = defaultLanes } = options
			const thread = await take()
			const { port1: port, port2 } = new MessageChannel()
			const job: ParseJob = { path, options: { ...options, lanes }, port: port2 }
			let isReleased = false
			const release = () => {
				if (!isReleased) giveBack(thread)
				isReleased = true
			}
			const { opened, fail } = listenToParser(port, lanes, listener, release)
			if (!isReleased) thread.fail = fail
			thread.worker.postMessage(job, [port2])
			return await opened
		},
		async [Symbol.asyncDispose]() {
			isClosed = true
			await Promise.all(Array.from(threads, ({ worker }) => worker.terminate()))
		},
	}
}

function reasonOf(fault: unknown): string {
	if (fault === undefined) return ''
	const { code, message } = fault as NodeJS.ErrnoException
	return code === 'ERR_WORKER_OUT_OF_MEMORY' ? ': it has no more memory' : `: ${message}`
}
