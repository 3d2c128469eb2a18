/** @import { ScreenProps } from '../../shell/screens.js' */
import { askedMs, useStatusFeed } from '../../api/status-feed.js'
import { useIsLate } from '../../api/use-is-late.js'
import { html } from '../../parts/markup/html.js'
import { PageHeading } from '../../parts/page-heading.js'
import { Failure, Loading } from '../../parts/states.js'
import { BatchesPanel } from './batches-panel.js'
import { Charts } from './charts.js'
import { Figures } from './figures.js'
import { LagsPanel } from './lags-panel.js'
import { ProcessPanel } from './process-panel.js'
import { RefusalsPanel } from './refusals-panel.js'
import { ServicesPanel } from './services-panel.js'
import { StreamNote } from './stream-note.js'
import { TransitionsPanel } from './transitions-panel.js'

/**
 * The shop as it is now, and the last ten minutes of it.
 *
 * @param {ScreenProps} _props
 */
export function LiveScreen(_props) {
	const { latest, receivedAt, everyMs, curves, refusalsOfMinute, error, isRefused } = useStatusFeed()
	const isLate = useIsLate(receivedAt, everyMs)
	const isStale = error !== undefined || isLate
	if (latest === undefined) {
		return html`
			<${PageHeading} title="Live" />
			${error === undefined ? html`<${Loading} label="Waiting for the first status …" />` : html`<${Failure} error=${error} />`}
		`
	}
	const { instance, workers, services, rates, latency, batches, lags } = latest
	return html`
		<${PageHeading} title="Live" subtitle=${`${instance}, ${workers} ${workers === 1 ? 'process' : 'processes'}`}>
			<${StreamNote} at=${latest.at} isStale=${isStale} isAsked=${everyMs === askedMs} error=${isRefused ? error : undefined} />
		</${PageHeading}>
		<div class=${isStale ? 'live stale' : 'live'}>
			<${Figures} rates=${rates} latency=${latency} />
			<${Charts} curves=${curves} at=${latest.at} />
			<div class="columns">
				<div class="stack">
					<${ServicesPanel} services=${services} isStale=${isStale} />
					<${ProcessPanel} status=${latest} />
				</div>
				<div class="stack">
					<${RefusalsPanel} counts=${refusalsOfMinute} />
					<${TransitionsPanel} rates=${rates} />
					<${LagsPanel} lags=${lags} />
					<${BatchesPanel} batches=${batches} />
				</div>
			</div>
		</div>
	`
}
