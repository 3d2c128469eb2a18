/** @import { Product } from '@mercat/client' */
import { DefinitionList } from '../../parts/definition-list.js'
import { html } from '../../parts/markup/html.js'
import { Panel } from '../../parts/panel.js'
import { Money } from '../../parts/values/money.js'
import { Time } from '../../parts/values/time.js'

/**
 * All that customers see of a product. The page loads nothing from other hosts, so images are links.
 *
 * @param {{ product: Product }} props
 */
export function ProductFields({ product }) {
	const { price, brand, category, group, description, attributes, imageUrls, availableQuantity, lowestPrice30d } =
		product
	const given = Object.entries(attributes)
	return html`
		<${Panel} title="As customers see it">
			<${DefinitionList} entries=${[
				['Price', html`<${Money} amount=${price} />`],
				[
					'Lowest price of the 30 days before',
					lowestPrice30d &&
						html`<${Money} amount=${lowestPrice30d.amount} /> <span class="faint">the price is reduced since <${Time} at=${lowestPrice30d.since} exact /></span>`,
				],
				['Can be ordered now', availableQuantity.toLocaleString('en')],
				['Brand', brand || undefined],
				['Category', category || undefined],
				['Group', group],
				['Description', description || undefined],
				[
					'Images',
					imageUrls.length === 0
						? undefined
						: html`<ul class="plain">${imageUrls.map((url, index) => html`<li key=${index}><${ImageLink} url=${url} /></li>`)}</ul>`,
				],
				['Made', html`<${Time} at=${product.createTime} exact />`],
				['Changed', html`<${Time} at=${product.updateTime} />`],
				['ETag', html`<code>${product.etag}</code>`],
			]} />
		</${Panel}>
		${given.length > 0 && html`<${Panel} title="Attributes"><${DefinitionList} entries=${given} /></${Panel}>`}
	`
}

/** @param {{ url: string }} props */
function ImageLink({ url }) {
	if (!/^https?:\/\//.test(url)) return html`<code>${url}</code>`
	return html`<a href=${url} target="_blank" rel="noreferrer noopener">${url}</a>`
}
