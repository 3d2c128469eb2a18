
import type { Suggestion as _mercat_catalog_v1_Suggestion, Suggestion__Output as _mercat_catalog_v1_Suggestion__Output } from '../../../mercat/catalog/v1/Suggestion.ts';

export interface SuggestQueriesResponse {
  'suggestions'?: (_mercat_catalog_v1_Suggestion)[];
}

export interface SuggestQueriesResponse__Output {
  'suggestions': (_mercat_catalog_v1_Suggestion__Output)[];
}
