/** @import { Explanation } from '@mercat/client' */
/** @import { Tone } from '../../parts/status-pill.js' */
/** @import { Question } from './question.js' */
import { request } from '../../api/request.js'
import { useLoad } from '../../api/use-load.js'
import { html } from '../../parts/markup/html.js'
import { Panel } from '../../parts/panel.js'
import { Failure, Loading } from '../../parts/states.js'
import { StatusPill } from '../../parts/status-pill.js'
import { Timeline } from '../../parts/timeline.js'
import { placeOf } from '../../routing/router.js'
import { ByReference } from './question-form.js'

/** @type {Record<string, string>} */
const verdicts = { waitingForCatalog: 'waits for the catalog', unknown: 'not known' }
/** @type {Record<Explanation['evidence'][number]['source'], { title: string, tone: Tone }>} */
const sources = {
	order: { title: 'Order', tone: 'good' },
	history: { title: 'History of the order', tone: 'good' },
	refusal: { title: 'Refusal', tone: 'bad' },
	replay: { title: 'Repeated request', tone: 'quiet' },
	reservation: { title: 'Reservation in the catalog', tone: 'busy' },
	outbox: { title: 'Command to the catalog', tone: 'busy' },
	event: { title: 'Event', tone: 'quiet' },
	delivery: { title: 'Delivery to a webhook', tone: 'quiet' },
	log: { title: 'Search', tone: 'quiet' },
}

/**
 * What became of the request: one sentence, and what it follows from.
 *
 * @param {{ question: Question }} props
 */
export function Answer({ question }) {
	const { value, error, reload } = useLoad(async (signal) => {
		const { body } = await request('GET', '/v1/explain', { query: question, signal })
		return /** @type {Explanation} */ (body)
	}, [])
	if (value === undefined) {
		return error === undefined
			? html`<${Loading} label="Looking …" />`
			: html`<${Failure} error=${error} retry=${reload} />`
	}
	const { verdict, sentence, orderId, order, evidence } = value
	return html`
		<${Panel} title="Answer" class="answer" actions=${html`<button type="button" class="small" onClick=${reload}>Ask again</button>`}>
			<div class="panel-body answer-text" role="status">
				<p class="answer-about"><${StatusPill} state=${verdict}>${verdicts[verdict] ?? verdict}</${StatusPill}> <${About} question=${question} /></p>
				<p class="sentence">${sentence}</p>
				${verdict === 'unknown' && html`<p><${ByReference} reference=${'key' in question ? question.key : undefined} /></p>`}
			</div>
			${order !== null && orderId !== null && html`<p class="answer-order"><a href=${placeOf(['orders', orderId])}>Open the order ${orderId.slice(0, 8)}</a> of <a href=${placeOf(['orders'], { customerId: order.customerId })}>${order.customerId}</a></p>`}
			<h3 class="evidence-title">Evidence</h3>
			${
				evidence.length === 0
					? html`<p class="faint panel-body">None.</p>`
					: html`<${Timeline} label="Evidence" exact="utc" entries=${evidence.map(entryOf)} />`
			}
		</${Panel}>
	`
}

/** Names what was asked about. @param {{ question: Question }} props */
function About({ question }) {
	if ('order' in question) return html`<span>order <code>${question.order}</code></span>`
	if ('trace' in question) return html`<span>trace <code>${question.trace}</code></span>`
	const { key, customerId } = question
	return html`<span>key <code>${key}</code> of customer <a href=${placeOf(['orders'], { customerId })}>${customerId}</a></span>`
}

/**
 * @param {Explanation['evidence'][number]} evidence
 * @param {number} index
 */
function entryOf({ at, source, text }, index) {
	return { key: `${index}`, at, text, ...sources[source] }
}
