/** @import { ScreenProps } from '../../shell/screens.js' */
/** @import { WatchedChanges } from './watched-changes.js' */
import { useRef, useState } from 'preact/hooks'
import { isInUse } from '../../parts/is-in-use.js'
import { html } from '../../parts/markup/html.js'
import { PageHeading } from '../../parts/page-heading.js'
import { Empty, Failure } from '../../parts/states.js'
import { placeOf } from '../../routing/router.js'
import { ChangeFilterForm } from './change-filter-form.js'
import { ChangeState } from './change-state.js'
import { ChangeTable } from './change-table.js'
import { useProductChanges } from './use-product-changes.js'
import { parametersOf, watchedIn } from './watched-changes.js'

/**
 * The changes of products as they come, the newest first.
 *
 * @param {ScreenProps} props
 */
export function ChangesScreen({ query, navigate }) {
	const watched = watchedIn(query)
	const [isPaused, setPaused] = useState(false)
	const place = useRef(/** @type {HTMLDivElement | null} */ (null))
	const { showNewest, ...feed } = useProductChanges(watched, () => isPaused || isInUse(place.current))
	return html`
		<${PageHeading} title="Changes" subtitle="What products become, from now on: the newest first" />
		<${ChangeFilterForm} watched=${watched} onWatch=${(/** @type {WatchedChanges} */ next) => navigate(placeOf(['changes'], parametersOf(next)).slice(1))} />
		<div ref=${place}>
			${
				feed.isRefused && feed.error
					? html`<${Failure} error=${feed.error} />`
					: html`
						<${ChangeState} feed=${feed} isPaused=${isPaused} setPaused=${setPaused} showNewest=${showNewest} />
						<${ChangeTable} rows=${feed.rows} empty=${html`<${Empty} title="Nothing has changed yet">Changes appear here by themselves. The list has the latest 500.</${Empty}>`} />
					`
			}
		</div>
	`
}
