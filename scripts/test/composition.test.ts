import { expect, test } from 'vitest'
import { parseDocument } from 'yaml'
import { read } from './repository-files.ts'

const text = read('docker-compose.yml')
// `<<` is of YAML 1.1. Compose reads it.
const parsed = (yaml: string) => parseDocument(yaml, { merge: true })

test('docker-compose.yml is YAML without a fault, such as a key that is there twice', () => {
	const document = parsed(text)
	expect([...document.errors, ...document.warnings]).toEqual([])
	expect(Object.keys(document.toJS().services)).toEqual(expect.arrayContaining(['postgres', 'catalog', 'order']))
})

test('a key of docker-compose.yml that is there twice is found', () => {
	const twice = text.replace(/^ {2}REQUEST_LOG:\n/m, '$&$&')
	expect(twice).not.toBe(text)
	expect(parsed(twice).errors).toEqual([expect.objectContaining({ code: 'DUPLICATE_KEY' })])
})
