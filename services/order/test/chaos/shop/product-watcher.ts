import { setTimeout as sleep } from 'node:timers/promises'
import { type ClientReadableStream, type ServiceError, status } from '@grpc/grpc-js'
import type { CatalogClients } from '@mercat/catalog-api/client'
import type { WatchProductsResponse__Output as Message } from '@mercat/catalog-api/messages/WatchProductsResponse'
import { type CopiedProduct, changesOf, type ToldChange } from './told-changes.ts'

export type ProductWatcherOptions = {
	/** The catalog to ask next. */
	clients(): CatalogClients
	/** All products unless given. */
	skus?: string[]
	withState: boolean
}

/** What every watcher of products shows to a test, however it watches. */
export type Watcher = AsyncDisposable & {
	/** All changes, in the order in which they came. The state has no times. */
	readonly told: ToldChange[]
	readonly copy: Map<string, CopiedProduct>
	/** The position that the watcher has reached. */
	readonly position: number
	/** Whether a stream is open that has brought something. */
	isStreaming(): boolean
	/** Ends the stream at the end of the watcher. */
	cut(): void
	/** What went wrong for good. */
	readonly failure: Error | undefined
}

export type ProductWatcher = Watcher & { readonly hasWholeState: boolean }

const retryMs = 20

/** Watches products until it is disposed of. After a failure it goes on after the last message that it has. */
export function startProductWatcher({ clients, skus = [], withState }: ProductWatcherOptions): ProductWatcher {
	const told: ToldChange[] = []
	const copy = new Map<string, CopiedProduct>()
	let [token, position, hasWholeState, isClosing] = ['', -1, !withState, false]
	let stream: { call: ClientReadableStream<Message>; messages: number } | undefined
	let failure: Error | undefined

	function take({ changes, resumeToken, position: reached, initialStateComplete }: Message): void {
		const taken = changesOf(changes)
		told.push(...taken)
		copyChanges(copy, taken)
		for (const { sku, availableQuantity } of changes) {
			const product = copy.get(sku)
			if (availableQuantity !== undefined && product !== undefined) product.available = Number(availableQuantity)
		}
		if (reached < position) throw new Error(`the position went back from ${position} to ${reached}`)
		if (initialStateComplete && hasWholeState) throw new Error('the state was complete before')
		;[token, position] = [resumeToken, reached]
		hasWholeState ||= initialStateComplete
	}

	async function watch(): Promise<void> {
		const request = { filter: { skus }, resumeToken: token, sendInitialState: withState && !hasWholeState }
		const call = clients().catalog.watchProducts(request)
		stream = { call, messages: 0 }
		try {
			for await (const message of call) {
				take(message as Message)
				stream.messages++
			}
		} catch (error) {
			const code = (error as Partial<ServiceError>).code
			const mayPass = code === status.UNAVAILABLE || code === status.CANCELLED || code === status.RESOURCE_EXHAUSTED
			// A connection that breaks in the middle of a message.
			if (!mayPass && code !== status.INTERNAL) throw error
		} finally {
			call.cancel()
			stream = undefined
		}
	}

	const running = (async () => {
		while (!isClosing) {
			await watch()
			await sleep(retryMs)
		}
	})().catch((error: Error) => {
		failure = error
	})

	return {
		told,
		copy,
		get position() {
			return position
		},
		get hasWholeState() {
			return hasWholeState
		},
		get failure() {
			return failure
		},
		isStreaming: () => (stream?.messages ?? 0) > 0,
		cut: () => stream?.call.cancel(),
		async [Symbol.asyncDispose]() {
			isClosing = true
			stream?.call.cancel()
			await running
		},
	}
}

/** Brings a copy to where the changes lead. */
export function copyChanges(copy: Map<string, CopiedProduct>, changes: readonly ToldChange[]): void {
	for (const { sku, version, title, amountMinor } of changes) {
		const known = copy.get(sku)
		if (version !== null) copy.set(sku, { version, title: title ?? '', amountMinor, available: known?.available })
		else if (known !== undefined) known.amountMinor = amountMinor
	}
}
