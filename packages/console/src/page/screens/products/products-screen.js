/** @import { ProductList } from '@mercat/client' */
/** @import { ScreenProps } from '../../shell/screens.js' */
import { useRef } from 'preact/hooks'
import { request } from '../../api/request.js'
import { usePages } from '../../api/use-pages.js'
import { LoadMore } from '../../parts/load-more.js'
import { html } from '../../parts/markup/html.js'
import { PageHeading } from '../../parts/page-heading.js'
import { Empty, Failure, Loading } from '../../parts/states.js'
import { MatchNote } from './match-note.js'
import { ProductFilters } from './product-filters.js'
import { searchIn } from './product-search.js'
import { ProductTable } from './product-table.js'
import { SearchBox } from './search-box.js'

const pageSize = '50'

/**
 * Products as customers find them.
 *
 * @param {ScreenProps} props
 */
export function ProductsScreen({ query, navigate }) {
	const search = searchIn(query)
	const pages = usePages((pageToken, signal) => findProducts(search, pageToken, signal), [search.toString()])

	// While a person types, the last result stays until the next one is there.
	const shown = useRef(pages)
	if (!pages.isFirst) shown.current = pages
	const { rows, rest, isFirst } = shown.current

	/** @param {URLSearchParams} changed */
	const onChange = (changed) => navigate(`/products?${changed}`, { replace: true })

	return html`
		<${PageHeading} title="Products" subtitle="As customers find them, with the quantity that can be ordered now." />
		<${SearchBox} search=${search} firstCurrency=${rows[0]?.price.currency} onChange=${onChange} />
		<div class="product-search">
			<${ProductFilters} search=${search} facets=${rest?.facets ?? []} onChange=${onChange} />
			<div class=${`product-results${pages.isFirst && !isFirst ? ' is-stale' : ''}`} aria-busy=${pages.isLoading}>
				<p class="result-count" role="status">${rest === undefined ? '' : countText(rest)}</p>
				${rest !== undefined && rows.length > 0 && html`<${MatchNote} match=${rest.match} correctedQuery=${rest.correctedQuery} />`}
				${isFirst && html`<${Loading} label="Searching …" />`}
				${pages.error && rows.length === 0 && html`<${Failure} error=${pages.error} retry=${pages.reload} />`}
				${!isFirst && !pages.error && rows.length === 0 && html`<${Empty} title="No product fits this search">Remove a filter, or search for another word.</${Empty}>`}
				${rows.length > 0 && html`<${ProductTable} products=${rows} />`}
				${rows.length > 0 && html`<${LoadMore} more=${pages.more} isLoading=${pages.isLoading} error=${pages.error} />`}
			</div>
		</div>
	`
}

/**
 * @param {URLSearchParams} search
 * @param {string} pageToken
 * @param {AbortSignal} signal
 */
async function findProducts(search, pageToken, signal) {
	const parameters = new URLSearchParams([...search, ['pageSize', pageSize]])
	if (pageToken !== '') parameters.set('pageToken', pageToken)
	/** @type {{ body: ProductList }} */
	const { body } = await request('GET', `/v1/products?${parameters}`, { signal })
	const { products, nextPageToken, ...rest } = body
	return { rows: products, nextPageToken, rest }
}

/** @param {Pick<ProductList, 'totalSize' | 'totalSizeExact'>} total */
function countText({ totalSize, totalSizeExact }) {
	const count = totalSize.toLocaleString('en')
	if (!totalSizeExact) return `More than ${count} products`
	return totalSize === 1 ? '1 product' : `${count} products`
}
