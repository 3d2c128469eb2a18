/** @import { Fault, Question } from './question.js' */
import { useEffect, useRef, useState } from 'preact/hooks'
import { html } from '../../parts/markup/html.js'
import { customerIdPattern, customerIdRule } from '../../parts/values/customer-id.js'
import { placeOf } from '../../routing/router.js'
import { readQuestion } from './question.js'

/**
 * @param {{ asked: { text: string, customer: string }, onAsk: (question: Question) => void, onReject: () => void }} props
 *   `asked` is in the fields first, and `onReject` hears of each text that asks nothing
 */
export function QuestionForm({ asked, onAsk, onReject }) {
	const [text, setText] = useState(asked.text)
	const [customer, setCustomer] = useState(asked.customer)
	const read = readQuestion(text, customer)
	const [fault, setFault] = useState(/** @type {Fault | undefined} */ (faultIn(read)))
	const field = useRef(/** @type {HTMLInputElement | null} */ (null))
	useEffect(() => {
		if (asked.text === '') field.current?.focus()
	}, [])

	/** @param {SubmitEvent} event */
	const submit = (event) => {
		event.preventDefault()
		if (read !== undefined && !('fault' in read)) {
			setFault(undefined)
			onAsk(read)
			return
		}
		setFault(read ?? { fault: 'Paste an order id, a trace id or an idempotency key.' })
		onReject()
	}
	return html`
		<form class="question" onSubmit=${submit} aria-label="Question">
			<div class="field question-text">
				<label for="question">Order id, trace id, or idempotency key</label>
				<input id="question" ref=${field} value=${text} autocomplete="off" spellcheck=${false} aria-describedby="question-reading"
					onInput=${(/** @type {any} */ { currentTarget }) => setText(currentTarget.value)} />
			</div>
			<div class="field">
				<label for="question-customer">Customer <span class="faint">(with a key)</span></label>
				<input id="question-customer" pattern=${` *${customerIdPattern} *`} title=${customerIdRule} value=${customer} autocomplete="off" spellcheck=${false}
					onInput=${(/** @type {any} */ { currentTarget }) => setCustomer(currentTarget.value)} />
			</div>
			<button type="submit" class="primary">Why?</button>
			${
				fault === undefined || fault.fault !== faultIn(read)?.fault
					? html`<p id="question-reading" class="hint">${readingOf(read)}</p>`
					: null
			}
			${fault && html`<p class="notice" role="alert">${fault.fault}${fault.reference !== undefined && html` <${ByReference} reference=${fault.reference} />`}</p>`}
		</form>
	`
}

/**
 * The way to an order for somebody who has another number than its id.
 *
 * @param {{ reference?: string }} props `reference` is searched for
 */
export function ByReference({ reference }) {
	return html`A parcel or payment number is found under <a href=${placeOf(['orders'], { reference })}>Orders</a>.`
}

/** @param {ReturnType<typeof readQuestion>} read */
function faultIn(read) {
	return read !== undefined && 'fault' in read ? read : undefined
}

/** Tells what the text was taken for. @param {ReturnType<typeof readQuestion>} read */
function readingOf(read) {
	if (read === undefined)
		return 'A trace id is in each error that a customer sees, and in the log. A whole traceparent or message is taken, too.'
	if ('fault' in read) return read.fault
	if ('order' in read)
		return `This is taken for the order ${read.order.slice(0, 8)}…; if it is an idempotency key, name its customer.`
	if ('trace' in read) return `This is taken for the trace ${read.trace.slice(0, 8)}…`
	return `This is taken for an idempotency key of ${read.customerId}.`
}
