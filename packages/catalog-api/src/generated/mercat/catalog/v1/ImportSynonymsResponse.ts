

export interface ImportSynonymsResponse {
  'ruleCount'?: (number);
  'changed'?: (boolean);
}

export interface ImportSynonymsResponse__Output {
  'ruleCount': (number);
  'changed': (boolean);
}
