/** @import { ScreenProps } from '../../shell/screens.js' */
/** @import { Question } from './question.js' */
import { useState } from 'preact/hooks'
import { html } from '../../parts/markup/html.js'
import { PageHeading } from '../../parts/page-heading.js'
import { placeOf } from '../../routing/router.js'
import { Answer } from './answer.js'
import { askedIn, readQuestion } from './question.js'
import { QuestionForm } from './question-form.js'
import { Refusals } from './refusals.js'

/**
 * Tells what became of a request: placed, refused and why, never arrived.
 *
 * @param {ScreenProps} props
 */
export function WhyScreen({ query, navigate }) {
	const asked = askedIn(query)
	const key = JSON.stringify(asked)
	const read = readQuestion(asked.text, asked.customer)
	// An answer must not stay below a later question that asks nothing.
	const [rejectedAfter, setRejectedAfter] = useState('')
	const question = read === undefined || 'fault' in read || rejectedAfter === key ? undefined : read

	/** @param {Question} next */
	const ask = (next) => {
		setRejectedAfter('')
		navigate(placeOf(['why'], { ...next, ...refusalFilter(query) }).slice(1))
	}
	return html`
		<${PageHeading} title="Why?" subtitle="Paste what you have, and read what became of it." />
		<${QuestionForm} key=${`form ${key}`} asked=${asked} onAsk=${ask} onReject=${() => setRejectedAfter(key)} />
		${question && html`<${Answer} key=${`answer ${key}`} question=${question} />`}
		<${Refusals} query=${query} navigate=${navigate} />
	`
}

/** What the list of refusals is narrowed to. It stays when another question is asked. @param {URLSearchParams} query */
function refusalFilter(query) {
	return { code: query.get('code') ?? '', customer: query.get('customer') ?? '' }
}
