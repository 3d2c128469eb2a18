/** What becomes an attribute of the product, under its name in Google's specification. */
export const googleAttributes = [
	'adult',
	'age_group',
	'availability_date',
	'color',
	'condition',
	'custom_label_0',
	'custom_label_1',
	'custom_label_2',
	'custom_label_3',
	'custom_label_4',
	'gender',
	'gtin',
	'is_bundle',
	'material',
	'mpn',
	'multipack',
	'pattern',
	'sale_price',
	'sale_price_effective_date',
	'shipping_weight',
	'size',
	'size_system',
	'size_type',
]

/** What we read of a Google Merchant feed. */
export const googleColumns = new Set([
	...googleAttributes,
	'additional_image_link',
	'availability',
	'brand',
	'description',
	'google_product_category',
	'id',
	'image_link',
	'item_group_id',
	'price',
	'product_type',
	'quantity',
	'sell_on_google_quantity',
	'summary',
	'title',
])

/** The name of a column in Google's specification: `g:Image link` is `image_link`. */
export function googleName(column: string): string {
	return column.trim().replace(/^g:/i, '').toLowerCase().replaceAll(' ', '_')
}
