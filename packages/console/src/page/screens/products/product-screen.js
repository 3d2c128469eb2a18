/** @import { Product } from '@mercat/client' */
/** @import { ScreenProps } from '../../shell/screens.js' */
import { request } from '../../api/request.js'
import { useLoad } from '../../api/use-load.js'
import { html } from '../../parts/markup/html.js'
import { PageHeading } from '../../parts/page-heading.js'
import { Failure, Loading } from '../../parts/states.js'
import { StatusPill } from '../../parts/status-pill.js'
import { hasScope } from '../../session/session.js'
import { LimitsPanel } from './prices/limits/limits-panel.js'
import { LivePricePanel } from './prices/live/live-price-panel.js'
import { PricePanel } from './prices/price-panel.js'
import { ProductFields } from './product-fields.js'
import { StockPanels } from './stock/stock-panels.js'

/**
 * One product: its prices, what customers see of it, and its stock and its price limits for a person who may change them.
 *
 * @param {ScreenProps} props
 */
export function ProductScreen({ params }) {
	const sku = params['sku'] ?? ''
	const { value, error, isLoading, reload } = useLoad((signal) => readProduct(sku, signal), [sku])
	const back = { href: '#/products', label: 'Products' }
	return html`
		<${PageHeading} title=${value?.title ?? sku} back=${back}
			subtitle=${html`<code>${sku}</code> ${value && html`<${StatusPill} state=${value.state} tone=${value.state === 'ACTIVE' ? 'good' : 'quiet'}>${value.state.toLowerCase()}</${StatusPill}>`}`} />
		${value === undefined && isLoading && html`<${Loading} />`}
		${value === undefined && error && html`<${Failure} error=${error} retry=${reload} />`}
		${
			value &&
			html`
				<div class="stack">
					${hasScope('market:read') && html`<${LivePricePanel} sku=${sku} />`}
					${
						hasScope('catalog:write')
							? html`
								<${StockPanels} sku=${sku} onChanged=${reload}>
									<${PricePanel} sku=${sku} price=${value.price} />
									<${LimitsPanel} sku=${sku} currency=${value.price.currency} />
								</${StockPanels}>
							`
							: html`<${PricePanel} sku=${sku} price=${value.price} />`
					}
					<${ProductFields} product=${value} />
				</div>
			`
		}
	`
}

/**
 * @param {string} sku
 * @param {AbortSignal} signal
 * @returns {Promise<Product>}
 */
async function readProduct(sku, signal) {
	return (await request('GET', `/v1/products/${encodeURIComponent(sku)}`, { signal })).body
}
