import { expect, test } from 'vitest'
import { createDictionary } from '../../../src/search/columns/memory/dictionary.ts'
import { createNameIndex } from '../../../src/search/suggestions/name-index.ts'

function dictionaryOf(counts: Record<string, number>, separator?: string) {
	const names = createDictionary(separator)
	for (const [name, count] of Object.entries(counts)) {
		const id = names.add(name)
		for (let index = 0; index < count; index++) names.change(id, 1)
	}
	return names
}

test('names are found by the beginnings of their words, the most frequent first', () => {
	const index = createNameIndex()(dictionaryOf({ 'North Star': 1, Northwind: 3, 'Far North': 3, Anorth: 9 }))
	expect(index.find('north', 5)).toEqual(['Far North', 'Northwind', 'North Star'])
	expect(index.find('north s', 5)).toEqual(['North Star'])
	expect(index.find('north', 1)).toEqual(['Far North'])
})

test('a name of no product is not found', () => {
	expect(createNameIndex()(dictionaryOf({ Nordlys: 0 })).find('nord', 5)).toEqual([])
})

test('a path is found by its last step', () => {
	const index = createNameIndex('/')(dictionaryOf({ 'Home/Kitchen': 2, 'Home/Office': 1 }, '/'))
	expect(index.find('ho', 5)).toEqual(['Home'])
	expect(index.find('home', 5)).toEqual(['Home'])
	expect(index.find('kit', 5)).toEqual(['Home/Kitchen'])
	expect(index.find('home off', 5)).toEqual(['Home/Office'])
})

test('a name that is added later is found', () => {
	const names = dictionaryOf({ Alpha: 1 })
	const indexOf = createNameIndex()
	expect(indexOf(names).find('b', 5)).toEqual([])
	names.change(names.add('Beta'), 1)
	expect(indexOf(names).find('b', 5)).toEqual(['Beta'])
})

test('a path that is typed whole has the paths directly below it', () => {
	const counts = { 'Home/Kitchen': 2, 'Home/Kitchen/Pots': 1, 'Shop/Home/Office': 4, 'Home office/Desks': 1 }
	const index = createNameIndex('/')(dictionaryOf(counts, '/'))
	expect(index.findLonger('home', 5)).toEqual(['Shop/Home/Office', 'Home/Kitchen', 'Home office'])
	expect(index.findLonger('hom', 5)).toEqual([])
})
