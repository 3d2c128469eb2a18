import { useEffect, useRef, useState } from 'preact/hooks'
import { html } from '../../parts/markup/html.js'
import { withValues } from './product-search.js'
import { SuggestionField } from './suggestion-field.js'

// A search for each letter of a fast typist would only be given up again.
const typingPauseMs = 120

const orders = [
	{ value: 'relevance', label: 'Best match' },
	{ value: 'price', label: 'Price, lowest first' },
	{ value: 'price desc', label: 'Price, highest first' },
	{ value: 'newest', label: 'Newest first' },
]

/**
 * The words of a search, and the order of its results. A search follows each pause of the typing.
 *
 * @param {{ search: URLSearchParams, firstCurrency?: string, onChange: (search: URLSearchParams) => void }} props
 * `firstCurrency` is that of an order by price when the search names none
 */
export function SearchBox({ search, firstCurrency = '', onChange }) {
	const given = search.get('q') ?? ''
	const [words, setWords] = useState(given)
	// What this field has written into the address, from the words that the address has now.
	const written = useRef([given])
	const latest = useRef({ search, onChange })
	latest.current = { search, onChange }

	// The address changes under the field when a person goes back.
	useEffect(() => {
		const place = written.current.indexOf(given)
		if (place === -1) setWords(given)
		// The address may be behind the typing of a fast typist.
		written.current = place === -1 ? [given] : written.current.slice(place)
	}, [given])

	useEffect(() => {
		if (words.trim() === written.current.at(-1)) return undefined
		const timer = setTimeout(() => {
			written.current.push(words.trim())
			latest.current.onChange(withValues(latest.current.search, { q: words.trim() }))
		}, typingPauseMs)
		return () => clearTimeout(timer)
	}, [words])

	/** @param {string} orderBy */
	const sort = (orderBy) => {
		const needsCurrency = orderBy.startsWith('price') && !search.has('currency')
		onChange(withValues(search, { ...(needsCurrency && { currency: firstCurrency }), orderBy }))
	}

	return html`
		<form class="search-box" role="search" onSubmit=${(/** @type {SubmitEvent} */ event) => event.preventDefault()}>
			<${SuggestionField} words=${words} pauseMs=${typingPauseMs} onWords=${setWords} />
			<div class="field">
				<label for="product-order">Order</label>
				<select id="product-order" value=${search.get('orderBy') ?? 'relevance'}
					onChange=${(/** @type {{ currentTarget: HTMLSelectElement }} */ event) => sort(event.currentTarget.value)}>
					${orders.map(({ value, label }) => html`<option key=${value} value=${value}>${label}</option>`)}
				</select>
			</div>
		</form>
	`
}
