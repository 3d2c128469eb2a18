import { expect, test } from 'vitest'
import { brokenReferences } from '../src/broken-references.ts'

test('a reference is broken when its pointer leads nowhere in the document', () => {
	const components = { headers: { ETag: {} }, 'a/b': {} }
	const refer = (...references: string[]) => ({ components, paths: references.map(($ref) => ({ $ref })) })
	expect(brokenReferences(refer('#/components/headers/ETag', '#/components/a~1b', '#/paths/0'))).toEqual([])
	expect(brokenReferences(refer('#/components/headers/Etag', '#/components/none/ETag'))).toEqual([
		'#/components/headers/Etag',
		'#/components/none/ETag',
	])
})
