/** The parts of a product that have an owner each. */
export const givenParts = ['content', 'price', 'quantity'] as const

export type GivenPart = (typeof givenParts)[number]
