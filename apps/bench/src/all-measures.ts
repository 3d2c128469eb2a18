import { consoleScreens } from './console/console.ts'
import { ordersWithConsole } from './console/orders-with-console.ts'
import { failover } from './failover/failover.ts'
import { feeds } from './feeds/feeds.ts'
import { importSpeed } from './importing/import-speed.ts'
import { live } from './live/live.ts'
import { getOrder } from './measures/get-order.ts'
import { getProduct } from './measures/get-product.ts'
import type { Measure } from './measures/measure.ts'
import { orderTail } from './measures/order-tail.ts'
import { hotSku, oneOrderAlone, orders } from './measures/orders.ts'
import { start } from './measures/start.ts'
import { storedOrders } from './measures/stored-orders.ts'
import { overload } from './overload/overload.ts'
import { applyPrices } from './prices/apply-prices.ts'
import { priceHistory } from './prices/price-history.ts'
import { search } from './search/search.ts'
import { eventStreams } from './streams/event-streams.ts'
import { telemetry } from './telemetry/telemetry.ts'
import { liveWatchers } from './watchers/live-watchers.ts'
import { ordersWithWebhooks } from './webhooks/orders-with-webhooks.ts'
import { webhookIsolation } from './webhooks/webhook-isolation.ts'

/** The measures that run when no name is given, in their order. */
export const usualMeasures: Measure[] = [
	orders,
	orderTail,
	oneOrderAlone,
	hotSku,
	getProduct,
	getOrder,
	start,
	storedOrders,
	overload,
]

/** All measures, in the order in which the bench runs them. Those that are not usual run only by name. */
export const allMeasures: Measure[] = [
	...usualMeasures,
	ordersWithWebhooks,
	webhookIsolation,
	eventStreams,
	liveWatchers,
	live,
	telemetry,
	ordersWithConsole,
	consoleScreens,
	importSpeed,
	feeds,
	search,
	priceHistory,
	applyPrices,
	failover,
]

/** The measures that `--against` runs when no name is given. A change is most likely to show in these. */
export const usualAgainst: Measure[] = [orders, orderTail, oneOrderAlone, start]
