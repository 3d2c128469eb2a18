import { getOrder } from './measures/get-order.ts'
import { getProduct } from './measures/get-product.ts'
import type { Measure } from './measures/measure.ts'
import { orderTail } from './measures/order-tail.ts'
import { hotSku, oneOrderAlone, orders } from './measures/orders.ts'
import { start } from './measures/start.ts'
import { storedOrders } from './measures/stored-orders.ts'
import { overload } from './overload/overload.ts'

/** In the order in which they are run. */
export const allMeasures: Measure[] = [
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

/** Measured beside commits when nothing else was asked for: what a change is most likely to make better or worse. */
export const usualAgainst: Measure[] = [orders, orderTail, oneOrderAlone, start]
