/** @import { Order } from '@mercat/client' */
import { html } from '../../parts/markup/html.js'
import { Money } from '../../parts/values/money.js'
import { placeOf } from '../../routing/router.js'

/**
 * The lines of an order. On a narrow screen a product stands above its figures; the roles keep it a table for readers of the
 * screen.
 *
 * @param {{ order: Order }} props
 */
export function OrderLines({ order }) {
	return html`
		<div class="table-region" role="region" aria-label="Lines of the order" tabindex="0">
			<table role="table" class="order-lines">
				<thead role="rowgroup">
					<tr role="row"><th role="columnheader" scope="col">Product</th><th role="columnheader" scope="col" class="end">Quantity</th><th role="columnheader" scope="col" class="end">Price</th><th role="columnheader" scope="col" class="end">Sum</th></tr>
				</thead>
				<tbody role="rowgroup">
					${order.items.map(
						({ sku, title, quantity, unitPrice, lineTotal }) => html`
							<tr key=${sku} role="row">
								<td role="cell" class="wide">${title} <a class="faint" href=${placeOf(['products', sku])}><code>${sku}</code></a></td>
								<td role="cell" class="end">${quantity}</td>
								<td role="cell" class="end"><${Money} amount=${unitPrice} /></td>
								<td role="cell" class="end"><${Money} amount=${lineTotal} /></td>
							</tr>
						`,
					)}
				</tbody>
				<tfoot role="rowgroup">
					<tr role="row"><th role="rowheader" scope="row" colspan="3">Total</th><td role="cell" class="end"><strong><${Money} amount=${order.total} /></strong></td></tr>
				</tfoot>
			</table>
		</div>
	`
}
