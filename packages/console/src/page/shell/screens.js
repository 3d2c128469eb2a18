/** @import { VNode } from 'preact' */
/** @import { Claims } from '../session/claims.js' */
import { ChangesScreen } from '../screens/changes/changes-screen.js'
import { FeedScreen } from '../screens/feeds/feed-screen.js'
import { FeedsScreen } from '../screens/feeds/feeds-screen.js'
import { HeldPricesScreen } from '../screens/held-prices/held-prices-screen.js'
import { LiveScreen } from '../screens/live/live-screen.js'
import { OrderScreen } from '../screens/order/order-screen.js'
import { OrdersScreen } from '../screens/orders/orders-screen.js'
import { OutboxScreen } from '../screens/outbox/outbox-screen.js'
import { ProductScreen } from '../screens/products/product-screen.js'
import { ProductsScreen } from '../screens/products/products-screen.js'
import { SalesScreen } from '../screens/sales/sales-screen.js'
import { SourcesScreen } from '../screens/sources/sources-screen.js'
import { WebhookScreen } from '../screens/webhooks/webhook-screen.js'
import { WebhooksScreen } from '../screens/webhooks/webhooks-screen.js'
import { WhyScreen } from '../screens/why/why-screen.js'

/**
 * What a screen gets: `params` are the parts of the path that its pattern names, `query` is that of the place, and `navigate`
 * goes to another place.
 *
 * @typedef {{
 *   params: Record<string, string>,
 *   query: URLSearchParams,
 *   navigate: (path: string, options?: { replace?: boolean }) => void,
 * }} ScreenProps
 */

/**
 * A segment of the pattern that begins with a colon is a parameter. A screen with a `label` is in the navigation; `section` is
 * the label under which another one belongs. A token with one of `scopes` opens the screen. A screen of what the API shows to
 * everybody has scopes of staff, too: customers must find nothing here.
 *
 * @typedef {{ pattern: string, screen: (props: ScreenProps) => VNode | null, scopes: string[], label?: string, section?: string }} ScreenEntry
 */

/** @type {ScreenEntry[]} */
const screens = [
	{ pattern: '/live', scopes: ['orders:manage'], screen: LiveScreen, label: 'Live' },
	{ pattern: '/orders', scopes: ['orders:manage'], screen: OrdersScreen, label: 'Orders' },
	{ pattern: '/orders/:id', scopes: ['orders:manage'], screen: OrderScreen, section: 'Orders' },
	{ pattern: '/why', scopes: ['orders:manage'], screen: WhyScreen, label: 'Why?' },
	{ pattern: '/products', scopes: ['orders:manage', 'catalog:write'], screen: ProductsScreen, label: 'Products' },
	{ pattern: '/products/:sku', scopes: ['orders:manage', 'catalog:write'], screen: ProductScreen, section: 'Products' },
	{ pattern: '/changes', scopes: ['orders:manage', 'catalog:write'], screen: ChangesScreen, label: 'Changes' },
	{ pattern: '/feeds', scopes: ['catalog:write'], screen: FeedsScreen, label: 'Feeds' },
	{ pattern: '/feeds/:name', scopes: ['catalog:write'], screen: FeedScreen, section: 'Feeds' },
	{ pattern: '/held-prices', scopes: ['catalog:write'], screen: HeldPricesScreen, label: 'Held prices' },
	{ pattern: '/sources', scopes: ['market:read'], screen: SourcesScreen, label: 'Sources' },
	{ pattern: '/sales', scopes: ['market:read'], screen: SalesScreen, label: 'Sales' },
	{ pattern: '/webhooks', scopes: ['webhooks:manage'], screen: WebhooksScreen, label: 'Webhooks' },
	{ pattern: '/webhooks/:id', scopes: ['webhooks:manage'], screen: WebhookScreen, section: 'Webhooks' },
	{ pattern: '/outbox', scopes: ['orders:manage'], screen: OutboxScreen, label: 'Outbox' },
]

/**
 * Whether the token of a person opens a screen.
 *
 * @param {ScreenEntry} entry
 * @param {Claims} claims
 */
export function opens({ scopes }, claims) {
	return scopes.some((scope) => claims.scopes.includes(scope))
}

/**
 * The screens of the navigation that the token of a person opens. The first one is the start.
 *
 * @param {Claims} claims
 */
export function screensOf(claims) {
	return screens.filter((entry) => entry.label !== undefined && opens(entry, claims))
}

/**
 * The screen of a path.
 *
 * @param {string} path
 * @returns {{ entry: ScreenEntry, params: Record<string, string> } | undefined}
 */
export function findScreen(path) {
	for (const entry of screens) {
		const params = match(entry.pattern.split('/'), path.split('/'))
		if (params !== undefined) return { entry, params }
	}
	return undefined
}

/**
 * @param {string[]} pattern
 * @param {string[]} path
 */
function match(pattern, path) {
	if (pattern.length !== path.length) return undefined
	/** @type {Record<string, string>} */
	const params = {}
	for (const [index, wanted] of pattern.entries()) {
		const given = path[index] ?? ''
		if (wanted.startsWith(':')) params[wanted.slice(1)] = decode(given)
		else if (wanted !== given) return undefined
	}
	return params
}

/** @param {string} segment */
function decode(segment) {
	try {
		return decodeURIComponent(segment)
	} catch {
		return segment
	}
}
