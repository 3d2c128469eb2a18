
import type { Long } from '@grpc/proto-loader';

export interface ProductFilter {
  'categories'?: (string)[];
  'brands'?: (string)[];
  'inStock'?: (boolean);
  'currencyCode'?: (string);
  'minAmountMinor'?: (number | string | Long);
  'maxAmountMinor'?: (number | string | Long);
  '_minAmountMinor'?: "minAmountMinor";
  '_maxAmountMinor'?: "maxAmountMinor";
}

export interface ProductFilter__Output {
  'categories': (string)[];
  'brands': (string)[];
  'inStock': (boolean);
  'currencyCode': (string);
  'minAmountMinor'?: (number);
  'maxAmountMinor'?: (number);
  '_minAmountMinor'?: "minAmountMinor";
  '_maxAmountMinor'?: "maxAmountMinor";
}
