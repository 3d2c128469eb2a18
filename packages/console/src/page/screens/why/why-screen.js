/** @import { ScreenProps } from '../../shell/screens.js' */
import { html } from '../../parts/html.js'
import { PageHeading } from '../../parts/page-heading.js'
import { placeOf } from '../../routing/router.js'
import { Answer } from './answer.js'
import { questionOf } from './question.js'
import { QuestionForm } from './question-form.js'
import { Refusals } from './refusals.js'

/**
 * Tells what became of a request: placed, refused and why, never arrived.
 *
 * @param {ScreenProps} props
 */
export function WhyScreen({ query, navigate }) {
	const question = questionOf(query)
	const key = JSON.stringify(question)
	return html`
		<${PageHeading} title="Why?" subtitle="Paste what you have, and read what became of it." />
		<${QuestionForm} key=${`form ${key}`} question=${question} onAsk=${(/** @type {any} */ asked) => navigate(placeOf(['why'], { ...asked, ...refusalFilter(query) }).slice(1))} />
		${question && html`<${Answer} key=${`answer ${key}`} question=${question} />`}
		<${Refusals} query=${query} navigate=${navigate} />
	`
}

/** What the list of refusals is narrowed to. It stays when another question is asked. @param {URLSearchParams} query */
function refusalFilter(query) {
	return { code: query.get('code') ?? '', customer: query.get('customer') ?? '' }
}
