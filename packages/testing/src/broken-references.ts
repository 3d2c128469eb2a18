/** The references of a JSON document that lead nowhere. */
export function brokenReferences(document: object): string[] {
	const references = new Set<string>()
	JSON.stringify(document, (name, value) => {
		if (name === '$ref') references.add(value)
		return value
	})
	return [...references].filter((reference) => targetOf(document, reference) === undefined)
}

/** What a reference within the document, a JSON pointer (RFC 6901) behind `#/`, leads to. */
function targetOf(document: object, reference: string): unknown {
	const names = reference.split('/').slice(1)
	return names.reduce<unknown>(
		(part, name) => (part as Record<string, unknown> | undefined)?.[unescaped(name)],
		document,
	)
}

function unescaped(name: string): string {
	return name.replaceAll('~1', '/').replaceAll('~0', '~')
}
