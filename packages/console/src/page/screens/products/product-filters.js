/** @import { ProductList } from '@mercat/client' */
import { html } from '../../parts/markup/html.js'
import { FacetChoices } from './facet-choices.js'
import { PriceRange } from './price-range.js'
import { withChoice, withValues } from './product-search.js'

/** @typedef {ProductList['facets'][number]} Facet */

/**
 * The filters of a search, with the number of products that each would leave.
 *
 * @param {{ search: URLSearchParams, facets: Facet[], onChange: (search: URLSearchParams) => void }} props
 */
export function ProductFilters({ search, facets, onChange }) {
	const filters = [...search.keys()].filter((name) => name !== 'q' && name !== 'orderBy').length
	const isInStock = search.get('inStock') === 'true'
	const inStockCount = valuesOf(facets, 'in_stock').find(({ value }) => value === 'true')?.count

	/** @param {{ currentTarget: HTMLInputElement }} event */
	const setInStock = ({ currentTarget }) =>
		onChange(withValues(search, { inStock: currentTarget.checked ? 'true' : '' }))

	const isCollapsed = search.has('collapse')
	/** @param {{ currentTarget: HTMLInputElement }} event */
	const setCollapsed = ({ currentTarget }) =>
		onChange(withValues(search, { collapse: currentTarget.checked ? 'GROUP' : '' }))

	return html`
		<details class="product-filters" open=${window.innerWidth >= 800}>
			<summary>Filters${filters > 0 && html` <span class="count">${filters}</span>`}</summary>
			<label class="choice"><input type="checkbox" checked=${isInStock} onChange=${setInStock} />
				<span>In stock</span> ${inStockCount !== undefined && html`<span class="count">${inStockCount}</span>`}</label>
			<label class="choice"><input type="checkbox" checked=${isCollapsed} onChange=${setCollapsed} />
				<span>One of each group</span></label>
			${['category', 'brand'].map(
				(name) => html`
					<${FacetChoices} key=${name} name=${name} values=${valuesOf(facets, name)} chosen=${search.getAll(name)}
						onChoose=${(/** @type {string} */ value, /** @type {boolean} */ isWanted) => onChange(withChoice(search, name, value, isWanted))} />
				`,
			)}
			<${PriceRange} search=${search} onChange=${onChange} />
			${
				filters > 0 &&
				html`<button type="button" class="quiet small" onClick=${() => onChange(withoutFilters(search))}>Remove all filters</button>`
			}
		</details>
	`
}

/**
 * @param {Facet[]} facets
 * @param {string} field
 */
function valuesOf(facets, field) {
	return facets.find((facet) => facet.field === field)?.values ?? []
}

/** @param {URLSearchParams} search */
function withoutFilters(search) {
	return new URLSearchParams([...search].filter(([name]) => name === 'q'))
}
