// A comma, a bracket, a dash between spaces, or a word that begins an addition.
const addition =
	/[,;:(|—]| - |\s(?:with|without|for|of|in|from|incl|mit|für|aus|ohne|im|zum|zur|avec|sans|pour|de|du|des|à|au|aux|con|sin|para|per|da|di|voor|met)\s/i

/**
 * Where the head of a title ends. Its last word mostly says what the product is: `mug` in "Stoneware mug, 350 ml", `soap` in
 * "Olive oil soap".
 */
export function titleHeadEnd(title: string): number {
	const end = title.search(addition)
	return end <= 0 ? title.length : end
}
