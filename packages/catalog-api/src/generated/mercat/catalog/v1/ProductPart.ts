
export const ProductPart = {
  PRODUCT_PART_UNSPECIFIED: 'PRODUCT_PART_UNSPECIFIED',
  PRODUCT_PART_CONTENT: 'PRODUCT_PART_CONTENT',
  PRODUCT_PART_PRICE: 'PRODUCT_PART_PRICE',
  PRODUCT_PART_QUANTITY: 'PRODUCT_PART_QUANTITY',
} as const;

export type ProductPart =
  | 'PRODUCT_PART_UNSPECIFIED'
  | 0
  | 'PRODUCT_PART_CONTENT'
  | 1
  | 'PRODUCT_PART_PRICE'
  | 2
  | 'PRODUCT_PART_QUANTITY'
  | 3

export type ProductPart__Output = typeof ProductPart[keyof typeof ProductPart]
