/** @import { Question } from './question.js' */
import { useState } from 'preact/hooks'
import { customerIdPattern, customerIdRule } from '../../parts/customer-id.js'
import { html } from '../../parts/html.js'
import { readQuestion } from './question.js'

/**
 * @param {{ question?: Question, onAsk: (question: Question) => void }} props `question` is the one that is answered now
 */
export function QuestionForm({ question, onAsk }) {
	const [text, setText] = useState(textOf(question))
	const [customer, setCustomer] = useState(question && 'key' in question ? question.customerId : '')
	const [error, setError] = useState('')
	const read = readQuestion(text, customer)

	/** @param {SubmitEvent} event */
	const submit = (event) => {
		event.preventDefault()
		if (read === undefined) return setError('Paste an order id, a trace id or an idempotency key.')
		if (read === 'customerIsMissing')
			return setError('This looks like an idempotency key. A key belongs to a customer: name the customer, too.')
		setError('')
		onAsk(read)
	}
	return html`
		<form class="question" onSubmit=${submit} aria-label="Question">
			<div class="field question-text">
				<label for="question">Order id, trace id, or idempotency key</label>
				<input id="question" value=${text} autocomplete="off" spellcheck=${false} aria-describedby="question-reading"
					onInput=${(/** @type {any} */ { currentTarget }) => setText(currentTarget.value)} />
			</div>
			<div class="field">
				<label for="question-customer">Customer <span class="faint">(with a key)</span></label>
				<input id="question-customer" pattern=${` *${customerIdPattern} *`} title=${customerIdRule} value=${customer} autocomplete="off" spellcheck=${false}
					onInput=${(/** @type {any} */ { currentTarget }) => setCustomer(currentTarget.value)} />
			</div>
			<button type="submit" class="primary">Why?</button>
			<p id="question-reading" class="hint">${readingOf(read)}</p>
			${error && html`<p class="notice" role="alert">${error}</p>`}
		</form>
	`
}

/** Tells what the text was taken for. @param {ReturnType<typeof readQuestion>} read */
function readingOf(read) {
	if (read === undefined)
		return 'A trace id is in each error that a customer sees, and in the log. A whole traceparent is taken, too.'
	if (read === 'customerIsMissing') return 'This is taken for an idempotency key. Name its customer.'
	if ('order' in read) return 'This is taken for an order id. If it is an idempotency key, name its customer.'
	if ('trace' in read) return `This is taken for the trace ${read.trace.slice(0, 8)}….`
	return `This is taken for an idempotency key of ${read.customerId}.`
}

/** @param {Question | undefined} question */
function textOf(question) {
	if (question === undefined) return ''
	if ('order' in question) return question.order
	return 'trace' in question ? question.trace : question.key
}
