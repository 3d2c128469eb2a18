/** The fields that every row must have. */
export const requiredFields = ['sku', 'title', 'price', 'currency']

/** The fields that a row may have, besides attributes. */
export const optionalFields = ['description', 'brand', 'category', 'onHand', 'imageUrls']
