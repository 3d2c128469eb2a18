/** The scope that reads ticks, sources, sales and analyses. */
export const readScope = 'market:read'

/** The scope that starts and cancels analyses. */
export const manageScope = 'market:manage'
