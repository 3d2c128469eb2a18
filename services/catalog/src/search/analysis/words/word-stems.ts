import { stem } from 'stemr'

const shortestStemmed = 3

/**
 * The stem that the forms of a word share: of an English word by Porter2; of other words, which the same rules shorten, it is
 * only the same on both sides. A word that is its own stem is given back.
 *
 * @param word folded
 */
export function stemOf(word: string): string {
	const known = knownStems.get(word)
	if (known !== undefined) return known
	if (latinLetters.test(word)) return word.length < shortestStemmed ? word : stem(word)
	return withoutArticle(word)
}

/** The stem of a German word with an umlaut, which the plural may have brought: `Gläser` is about a `Glas`. */
export function umlautStemOf(word: string): string {
	const singular = word.replace(/(?:ern?|en?|n)$/, '')
	return singular.length < shortestStemmed ? word : singular
}

const latinLetters = /^[a-z]+$/

// Arabic writes the article together with its noun, and so some short words before it.
function withoutArticle(word: string): string {
	const [article = ''] = articles.exec(word) ?? []
	return word.length - article.length < 3 ? word : word.slice(article.length)
}

const articles = /^(?:[وفبك]?ال|لل)/

const irregularPlurals = {
	axis: 'axes',
	bookshelf: 'bookshelves',
	cactus: 'cacti',
	calf: 'calves',
	child: 'children childrens',
	elf: 'elves',
	foot: 'feet',
	goose: 'geese',
	half: 'halves',
	hoof: 'hooves',
	knife: 'knives',
	leaf: 'leaves',
	life: 'lives',
	loaf: 'loaves',
	man: 'men mens',
	mouse: 'mice',
	ox: 'oxen',
	person: 'people',
	scarf: 'scarves',
	shelf: 'shelves',
	tooth: 'teeth',
	wife: 'wives',
	wolf: 'wolves',
	woman: 'women womens',
}

// Porter2 gives these words the stem of another thing: a lens is no `len`, an organizer is not `organ`ic.
const stemsOfTheirOwn = {
	bearing: 'bearings',
	bedding: '',
	boxer: 'boxers',
	briefs: '',
	clothing: 'clothes',
	coating: 'coatings',
	dressing: 'dressings',
	fitting: 'fittings',
	icing: 'icings',
	international: '',
	legging: 'leggings',
	lens: 'lenses',
	organic: '',
	organizer: 'organizers organiser organisers',
	painting: 'paintings',
	seasoning: 'seasonings',
	shorts: '',
	stocking: 'stockings',
	tights: '',
	topping: 'toppings',
	trainer: 'trainers',
	training: '',
	university: 'universities',
}

const knownStems = new Map<string, string>()
for (const [word, forms] of Object.entries(irregularPlurals)) addForms(forms, stem(word))
for (const [word, forms] of Object.entries(stemsOfTheirOwn)) addForms(`${word} ${forms}`.trim(), word)

function addForms(forms: string, itsStem: string): void {
	for (const form of forms.split(' ')) knownStems.set(form, itsStem)
}
