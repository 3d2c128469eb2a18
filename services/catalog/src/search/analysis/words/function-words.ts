// Words that say how others belong together. Words that are also things (`can`, `hat`, `aux`) are not here.
const functionWords = new Set(
	[
		'a an and are as at by for from in into is it its of on or that the their this to with your',
		'am an auf aus bei das dem den der des die ein eine einem einen einer eines fur im in ist mit oder und vom von zu zum zur',
		'fuer au avec dans de des du en et est la le les ou par pour sur un une',
		'con del el en las los o para por su una unas unos y',
		'che da dal dalla degli dei della delle di e gli il nel nella per',
		'van het een met voor met',
		'com do dos das na no os um uma',
		'и в во на с со для от из к по или',
	].flatMap((words) => words.split(' ')),
)

/**
 * Whether a word carries so little that a query means its other words.
 *
 * @param word folded
 */
export function isFunctionWord(word: string): boolean {
	return functionWords.has(word)
}
