
import type { SynonymRule as _mercat_catalog_v1_SynonymRule, SynonymRule__Output as _mercat_catalog_v1_SynonymRule__Output } from '../../../mercat/catalog/v1/SynonymRule.ts';

export interface ListSynonymsResponse {
  'rules'?: (_mercat_catalog_v1_SynonymRule)[];
  'nextPageToken'?: (string);
}

export interface ListSynonymsResponse__Output {
  'rules': (_mercat_catalog_v1_SynonymRule__Output)[];
  'nextPageToken': (string);
}
