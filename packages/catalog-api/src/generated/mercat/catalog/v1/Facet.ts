
import type { FacetValue as _mercat_catalog_v1_FacetValue, FacetValue__Output as _mercat_catalog_v1_FacetValue__Output } from '../../../mercat/catalog/v1/FacetValue.ts';

export interface Facet {
  'field'?: (string);
  'values'?: (_mercat_catalog_v1_FacetValue)[];
}

export interface Facet__Output {
  'field': (string);
  'values': (_mercat_catalog_v1_FacetValue__Output)[];
}
