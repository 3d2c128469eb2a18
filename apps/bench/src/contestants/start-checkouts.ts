import type { Bench } from '../running/bench.ts'
import { type Mercat, startMercat } from './start-mercat.ts'

/**
 * Starts the services of this checkout, and then the services of every commit that it is compared with.
 *
 * @param webhookUrlsOf the webhooks of a contestant, by its name
 */
export async function startCheckouts(
	bench: Bench,
	webhookUrlsOf: (name: string) => string[] = () => [],
): Promise<AsyncDisposable & { shops: Mercat[] }> {
	await using opened = new AsyncDisposableStack()
	const shops: Mercat[] = []
	for (const checkout of [bench.own, ...bench.against]) {
		shops.push(opened.use(await startMercat(bench, { checkout, webhookUrls: webhookUrlsOf(checkout.name) })))
	}
	const resources = opened.move()
	return { shops, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}
