
import type { SuggestionKind as _mercat_catalog_v1_SuggestionKind, SuggestionKind__Output as _mercat_catalog_v1_SuggestionKind__Output } from '../../../mercat/catalog/v1/SuggestionKind.ts';

export interface Suggestion {
  'text'?: (string);
  'kind'?: (_mercat_catalog_v1_SuggestionKind);
}

export interface Suggestion__Output {
  'text': (string);
  'kind': (_mercat_catalog_v1_SuggestionKind__Output);
}
