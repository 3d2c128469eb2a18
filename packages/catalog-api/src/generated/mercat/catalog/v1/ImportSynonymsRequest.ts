
import type { SynonymRule as _mercat_catalog_v1_SynonymRule, SynonymRule__Output as _mercat_catalog_v1_SynonymRule__Output } from '../../../mercat/catalog/v1/SynonymRule.ts';

export interface ImportSynonymsRequest {
  'rules'?: (_mercat_catalog_v1_SynonymRule)[];
}

export interface ImportSynonymsRequest__Output {
  'rules': (_mercat_catalog_v1_SynonymRule__Output)[];
}
