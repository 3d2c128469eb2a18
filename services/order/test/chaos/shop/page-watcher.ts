import { setTimeout as sleep } from 'node:timers/promises'
import { copyChanges, type Watcher } from './product-watcher.ts'
import type { CopiedProduct, ToldChange } from './told-changes.ts'

type Money = { amountMinor: number }
type PageChange = {
	sku: string
	product?: { title: string; price: Money; etag: string }
	price?: Money
	availableQuantity?: number
	changedAt?: string
}

const retryMs = 20

/** Watches all products as a page does: by server-sent events of the order service, with the id of the last frame. */
export function startPageWatcher({ url }: { url(): string }): Watcher & { readonly resets: number } {
	const told: ToldChange[] = []
	const copy = new Map<string, CopiedProduct>()
	let [lastId, resets, frames, isClosing] = ['', 0, 0, false]
	let stream: AbortController | undefined
	let failure: Error | undefined

	function takeFrame(frame: string): void {
		const fields = new Map(
			frame.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
		)
		const data = fields.get('data')
		if (fields.get('event') === 'reset') resets++
		if (fields.get('event') === 'changes' && data !== undefined) {
			const { changes } = JSON.parse(data) as { changes: PageChange[] }
			const taken = changes.flatMap(toToldChange)
			told.push(...taken)
			copyChanges(copy, taken)
			for (const { sku, availableQuantity } of changes) {
				const product = copy.get(sku)
				if (availableQuantity !== undefined && product !== undefined) product.available = availableQuantity
			}
			frames++
		}
		lastId = fields.get('id') ?? lastId
	}

	async function watch(): Promise<void> {
		const opened = new AbortController()
		stream = opened
		frames = 0
		try {
			const headers = lastId === '' ? undefined : { 'last-event-id': lastId }
			const response = await fetch(`${url()}/v1/product-changes`, { headers, signal: opened.signal })
			if (response.status >= 400 && response.status < 500) throw new TypeError(`refused with ${response.status}`)
			if (!response.ok || response.body === null) return
			let rest = ''
			for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
				const parts = (rest + text).split('\n\n')
				rest = parts.pop() ?? ''
				for (const frame of parts) takeFrame(frame)
			}
		} catch (error) {
			const isBroken = opened.signal.aborted || (error instanceof TypeError && !error.message.startsWith('refused'))
			if (!isBroken) throw error
		} finally {
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
		/** Pages do not know positions. */
		position: -1,
		get resets() {
			return resets
		},
		get failure() {
			return failure
		},
		isStreaming: () => stream !== undefined && frames > 0,
		cut: () => stream?.abort(),
		async [Symbol.asyncDispose]() {
			isClosing = true
			stream?.abort()
			await running
		},
	}
}

function toToldChange({ sku, product, price, changedAt }: PageChange): ToldChange[] {
	const money = product?.price ?? price
	if (money === undefined) return []
	const version = product === undefined ? null : Number(product.etag.slice(1, -1))
	const at = changedAt === undefined ? null : Date.parse(changedAt)
	return [{ sku, version, title: product?.title ?? null, amountMinor: money.amountMinor, at }]
}
