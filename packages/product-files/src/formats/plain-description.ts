import { toPlainText } from '../formats/plain-text.ts'

/** Makes a plain text of the description of another system, which may be HTML. */
export function makeDescriptionPlain(own: Map<string, unknown>): void {
	const description = own.get('description')
	if (typeof description === 'string') own.set('description', toPlainText(description))
}
