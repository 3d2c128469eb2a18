/** The operations that need an idempotency key. */
export const keyedOperations: readonly string[] = [
  'POST /v1/orders',
  'POST /v1/stock/{sku}/adjust',
  'POST /v1/stock/{sku}/set',
];
