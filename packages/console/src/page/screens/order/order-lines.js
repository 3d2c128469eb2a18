/** @import { Order } from '@mercat/client' */
import { html } from '../../parts/html.js'
import { Money } from '../../parts/money.js'
import { placeOf } from '../../routing/router.js'

/** @param {{ order: Order }} props */
export function OrderLines({ order }) {
	return html`
		<div class="table-region" role="region" aria-label="Lines of the order" tabindex="0">
			<table>
				<thead>
					<tr><th scope="col">Product</th><th scope="col" class="end">Quantity</th><th scope="col" class="end">Price</th><th scope="col" class="end">Sum</th></tr>
				</thead>
				<tbody>
					${order.items.map(
						({ sku, title, quantity, unitPrice, lineTotal }) => html`
							<tr key=${sku}>
								<td class="wide">${title} <a class="faint" href=${placeOf(['products', sku])}><code>${sku}</code></a></td>
								<td class="end">${quantity}</td>
								<td class="end"><${Money} amount=${unitPrice} /></td>
								<td class="end"><${Money} amount=${lineTotal} /></td>
							</tr>
						`,
					)}
				</tbody>
				<tfoot>
					<tr><th scope="row" colspan="3">Total</th><td class="end"><strong><${Money} amount=${order.total} /></strong></td></tr>
				</tfoot>
			</table>
		</div>
	`
}
