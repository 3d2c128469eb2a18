import type { MessagePort } from 'node:worker_threads'
import { ProductFileError } from '@mercat/product-files/product-file-error'
import type { FileFacts, FromParser, ParsedBatch, ParseSummary, RowProblem, ToParser } from './parse-messages.ts'

/** A file that another thread parses. */
export type ParsedFile = {
	facts: FileFacts
	/** The requests of each lane. In the mode `check` they are empty. A lane ends with the file, also with a broken one. */
	lanes: AsyncIterator<ParsedBatch, void>[]
	/** Settles at the end of the file. It rejects with a ProductFileError when the rest of the file cannot be read. */
	summary: Promise<ParseSummary>
	/** What was read, once the summary has settled. A file whose rest cannot be read has it, too. */
	readonly read: ParseSummary | undefined
	/** Lets the parser use the memory of a request again. Without it, the parser stops after a few requests. */
	release(batch: ParsedBatch): void
	/** Ends the reading. The lanes still have the rows that were read. */
	stop(): void
	/** The given skus that the file does not have, once it was read with `collectSkus`. */
	missingOf(skus: string[]): Promise<string[]>
	/** Gives the thread back. What it has not given yet is dropped. */
	[Symbol.asyncDispose](): Promise<void>
}

export type ParseListener = {
	/** Called with refused rows, before the requests of rows behind them. */
	onProblems?: (problems: RowProblem[], bytesRead: number) => void
	/** Gives the thread back when it is aborted, also before the file is open. */
	signal?: AbortSignal
}

/**
 * Listens to a parser that answers on the port.
 *
 * @param release is called once nothing more is expected of the parser
 * @returns `opened` rejects with a ProductFileError when the file cannot be opened. `fail` is for a parser that has died:
 *   the end of its port may be told before its reason.
 */
export function listenToParser(
	port: MessagePort,
	laneCount: number,
	{ onProblems = () => {}, signal }: ParseListener,
	release: () => void,
): { opened: Promise<ParsedFile>; fail(error: Error): void } {
	const opened = Promise.withResolvers<ParsedFile>()
	const summary = Promise.withResolvers<ParseSummary>()
	summary.promise.catch(() => {})
	let read: ParseSummary | undefined
	const lanes = Array.from({ length: laneCount }, createLane)
	const questions = new Map<number, PromiseWithResolvers<string[]>>()

	const send = (message: ToParser) => port.postMessage(message)
	let failure: Error | undefined
	const fail = (error: Error) => {
		failure ??= error
		summary.reject(error)
		opened.reject(error)
		for (const question of questions.values()) question.reject(error)
		for (const lane of lanes) lane.end(error instanceof ProductFileError ? undefined : error)
	}
	const close = () => {
		port.close()
		for (const lane of lanes) lane.end()
		fail(new Error('the parser was closed'))
		release()
	}

	port.on('message', (message: FromParser) => {
		switch (message.kind) {
			case 'opened':
				return opened.resolve({
					facts: message.facts,
					lanes: lanes.map(({ iterator }) => iterator),
					summary: summary.promise,
					get read() {
						return read
					},
					release: ({ request: { buffer } }) =>
						port.postMessage({ kind: 'answered', buffer } satisfies ToParser, [buffer]),
					stop: () => send({ kind: 'stop' }),
					missingOf(skus) {
						const id = questions.size
						const question = Promise.withResolvers<string[]>()
						questions.set(id, question)
						if (failure !== undefined) question.reject(failure)
						send({ kind: 'missingOf', id, skus })
						return question.promise
					},
					async [Symbol.asyncDispose]() {
						close()
					},
				})
			case 'batch':
				return lanes[message.batch.lane]?.add(message.batch)
			case 'problems':
				onProblems(message.problems, message.bytesRead)
				return send({ kind: 'told' })
			case 'missing':
				return questions.get(message.id)?.resolve(message.skus)
			case 'ended':
				read = message.summary
				summary.resolve(message.summary)
				for (const lane of lanes) lane.end()
				return
			case 'failed':
				read = message.summary
				return fail(new ProductFileError(message.fault.code, message.fault.message))
			case 'crashed':
				return fail(message.error)
		}
	})
	opened.promise.catch(close)
	if (signal?.aborted) close()
	signal?.addEventListener('abort', close, { once: true })
	return { opened: opened.promise, fail }
}

function createLane() {
	const batches: ParsedBatch[] = []
	let end: { error?: Error } | undefined
	let wake = () => {}
	return {
		add(batch: ParsedBatch): void {
			batches.push(batch)
			wake()
		},
		end(error?: Error): void {
			end ??= { error }
			wake()
		},
		iterator: {
			async next(): Promise<IteratorResult<ParsedBatch, void>> {
				for (;;) {
					const value = batches.shift()
					if (value !== undefined) return { done: false, value }
					if (end?.error !== undefined) throw end.error
					if (end !== undefined) return { done: true, value: undefined }
					await new Promise<void>((resolve) => {
						wake = resolve
					})
				}
			},
		},
	}
}
