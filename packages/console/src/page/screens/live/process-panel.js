/** @import { Status } from '@mercat/client' */
import { DefinitionList } from '../../parts/definition-list.js'
import { html } from '../../parts/markup/html.js'
import { Panel } from '../../parts/panel.js'
import { StatusPill } from '../../parts/status-pill.js'
import { formatFigure, formatMs } from './numbers.js'

/**
 * The process that tells these figures, with its workers.
 *
 * @param {{ status: Status }} props
 */
export function ProcessPanel({ status: { breaker, databasePool, streams, eventLoopDelayMs, instance, workers } }) {
	const { used, idle, waiting } = databasePool
	return html`
		<${Panel} title="Process">
			<${DefinitionList}
				entries=${[
					['Breaker to the catalog', html`<${StatusPill} state=${breaker}>${breakerTexts[breaker]}</${StatusPill}>`],
					['Database connections', `${used} used, ${idle} idle`],
					['Statements that wait', formatFigure(waiting)],
					['Event loop', `late by ${formatMs(eventLoopDelayMs)} at most`],
					['Open streams', formatFigure(streams)],
					['Instance', `${instance}, ${workers} ${workers === 1 ? 'process' : 'processes'}`],
				]}
			/>
		</${Panel}>
	`
}

const breakerTexts = {
	closed: 'closed: calls go through',
	half_open: 'half open: one call tries',
	open: 'open: no calls',
}
