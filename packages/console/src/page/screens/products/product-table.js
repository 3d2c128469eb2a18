/** @import { Product } from '@mercat/client' */
/** @import { Column } from '../../parts/data-table.js' */
import { DataTable } from '../../parts/data-table.js'
import { html } from '../../parts/markup/html.js'
import { Money } from '../../parts/values/money.js'
import { placeOf } from '../../routing/router.js'

/** @type {Column<Product>[]} */
const columns = [
	{
		name: 'title',
		label: 'Product',
		isWide: true,
		cell: ({ sku, title }) => html`<a href=${placeOf(['products', sku])}>${title}</a>`,
	},
	{ name: 'sku', label: 'Sku', cell: ({ sku }) => html`<code>${sku}</code>` },
	{ name: 'brand', label: 'Brand', cell: ({ brand }) => brand },
	{ name: 'category', label: 'Category', cell: ({ category }) => category },
	{ name: 'price', label: 'Price', align: 'end', cell: ({ price }) => html`<${Money} amount=${price} />` },
	{
		name: 'available',
		label: 'Available',
		align: 'end',
		cell: ({ availableQuantity }) =>
			availableQuantity === 0
				? html`<span class="sold-out">sold out</span>`
				: html`<span class="number">${availableQuantity.toLocaleString('en')}</span>`,
	},
]

/** @param {{ products: Product[] }} props */
export function ProductTable({ products }) {
	return html`<${DataTable} label="Products" columns=${columns} rows=${products} rowKey=${(/** @type {Product} */ { sku }) => sku} />`
}
