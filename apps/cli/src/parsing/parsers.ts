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

// Without limits, a thread that makes much garbage collects it late: its memory was twice as large. The old generation has
// room for the skus of several million rows.
const resourceLimits = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 512 }

// A socket closes the descriptor of the pipe that it reads. A thread that tracks descriptors closes the number again when it
// ends, and by then a connection of the process may have that number: the process aborts.
const trackUnmanagedFds = false

/** @param count how many threads there are at most. A thread starts when it is needed first. */
export function openParsers(count = 1): Parsers {
	const workers: Worker[] = []
	const free: Worker[] = []
	const waiting: ((worker: Worker) => void)[] = []

	function startWorker(): Worker {
		const worker = new Worker(new URL('./parser-thread.js', import.meta.url), { resourceLimits, trackUnmanagedFds })
		// An error of a worker closes its ports, and each of them tells its listener.
		worker.on('error', (error) => console.error(error))
		worker.unref()
		workers.push(worker)
		return worker
	}

	function take(): Worker | Promise<Worker> {
		const worker = free.pop() ?? (workers.length < count ? startWorker() : undefined)
		return worker ?? new Promise((resolve) => waiting.push(resolve))
	}

	function giveBack(worker: Worker): void {
		const next = waiting.shift()
		if (next === undefined) free.push(worker)
		else next(worker)
	}

	return {
		async parse(path, options, listener = {}) {
			const { lanes = defaultLanes } = options
			const worker = await take()
			const { port1: port, port2 } = new MessageChannel()
			const job: ParseJob = { path, options: { ...options, lanes }, port: port2 }
			let isReleased = false
			const release = () => {
				if (!isReleased) giveBack(worker)
				isReleased = true
			}
			const file = listenToParser(port, lanes, listener, release)
			worker.postMessage(job, [port2])
			return await file
		},
		async [Symbol.asyncDispose]() {
			await Promise.all(workers.map((worker) => worker.terminate()))
		},
	}
}
