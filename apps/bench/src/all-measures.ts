import { getOrder } from './measures/get-order.ts'
import { getProduct } from './measures/get-product.ts'
import type { Measure } from './measures/measure.ts'
import { orderTail } from './measures/order-tail.ts'
import { hotSku, oneOrderAlone, orders } from './measures/orders.ts'
import { start } from './measures/start.ts'
import { storedOrders } from './measures/stored-orders.ts'
import { overload } from './overload/overload.ts'

/** All measures, in the order in which the bench runs them. */
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

/** The measures that `--against` runs when no name is given. A change is most likely to show in these. */
export const usualAgainst: Measure[] = [orders, orderTail, oneOrderAlone, start]
