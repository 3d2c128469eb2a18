/** @import { SuggestionList } from '@mercat/client' */
import { useEffect, useState } from 'preact/hooks'
import { request } from '../../api/request.js'
import { html } from '../../parts/markup/html.js'

/** @typedef {SuggestionList['suggestions'][number]} Suggestion */

/** @type {Record<Suggestion['kind'], string>} */
const kindNames = { QUERY: '', PRODUCT: 'Product', BRAND: 'Brand', CATEGORY: 'Category', CORRECTION: 'Did you mean' }

const listId = 'product-suggestions'
const noneActive = -1

/**
 * A field for the words of a search, with suggestions below it while a person types. Arrows choose one, Enter and a click
 * take it, and Escape closes the list.
 *
 * @param {{ words: string, pauseMs: number, onWords: (words: string) => void }} props
 */
export function SuggestionField({ words, pauseMs, onWords }) {
	// The words for which the person wants suggestions; empty when the list is closed.
	const [asked, setAsked] = useState('')
	const [active, setActive] = useState(noneActive)
	const suggestions = useSuggestions(asked, pauseMs)
	const isOpen = asked !== '' && suggestions.length > 0

	const close = () => {
		setAsked('')
		setActive(noneActive)
	}
	/** @param {string} text */
	const take = (text) => {
		onWords(text)
		close()
	}

	/** @param {{ currentTarget: HTMLInputElement }} event */
	const onInput = ({ currentTarget }) => {
		onWords(currentTarget.value)
		setAsked(currentTarget.value.trim())
		setActive(noneActive)
	}

	/** @param {KeyboardEvent} event */
	const onKeyDown = (event) => {
		// The keys belong to the input method while it composes a word of Chinese, Japanese or Korean.
		if (event.isComposing) return
		const count = suggestions.length
		if (!isOpen) {
			if (event.key === 'ArrowDown') setAsked(words.trim())
			return
		}
		// The field itself is between the last suggestion and the first.
		if (event.key === 'ArrowDown') setActive(active === count - 1 ? noneActive : active + 1)
		else if (event.key === 'ArrowUp') setActive(active === noneActive ? count - 1 : active - 1)
		else if (event.key === 'Enter') take(suggestions[active]?.text ?? words)
		else if (event.key === 'Escape') close()
		else return
		event.preventDefault()
	}

	return html`
		<div class="field grow suggestion-field">
			<label for="product-words">Search</label>
			<input id="product-words" type="search" role="combobox" value=${words} placeholder="Words of a title, a brand, a sku"
				autocomplete="off" spellcheck=${false} maxlength="2000"
				aria-autocomplete="list" aria-expanded=${isOpen} aria-controls=${isOpen ? listId : undefined}
				aria-activedescendant=${isOpen && active !== noneActive ? optionId(active) : undefined}
				onInput=${onInput} onKeyDown=${onKeyDown} onBlur=${close} />
			${
				isOpen &&
				html`<ul id=${listId} class="suggestions" role="listbox" aria-label="Suggestions">
					${suggestions.map(
						({ text, kind }, index) => html`
							<li key=${text} id=${optionId(index)} role="option" aria-selected=${index === active}
								onMouseDown=${(/** @type {MouseEvent} */ event) => event.preventDefault()} onClick=${() => take(text)}>
								<span>${text}</span>${kindNames[kind] !== '' && html` <span class="count">${kindNames[kind]}</span>`}
							</li>
						`,
					)}
				</ul>`
			}
		</div>
	`
}

/** @param {number} index */
function optionId(index) {
	return `product-suggestion-${index}`
}

/**
 * The suggestions for words, after a pause of the typing. While they are loaded, those for the words before stay. A list
 * that cannot be loaded is empty: the search itself tells what is wrong.
 *
 * @param {string} asked
 * @param {number} pauseMs
 */
function useSuggestions(asked, pauseMs) {
	const [suggestions, setSuggestions] = useState(/** @type {Suggestion[]} */ ([]))
	useEffect(() => {
		if (asked === '') {
			setSuggestions([])
			return undefined
		}
		const controller = new AbortController()
		const timer = setTimeout(async () => {
			const { signal } = controller
			try {
				/** @type {{ body: SuggestionList }} */
				const { body } = await request('GET', `/v1/suggestions?${new URLSearchParams({ q: asked })}`, { signal })
				if (!signal.aborted) setSuggestions(body.suggestions)
			} catch {
				if (!signal.aborted) setSuggestions([])
			}
		}, pauseMs)
		return () => {
			clearTimeout(timer)
			controller.abort()
		}
	}, [asked])
	return suggestions
}
