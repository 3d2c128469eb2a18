

export interface SynonymRule {
  'words'?: (string)[];
  'meanings'?: (string)[];
}

export interface SynonymRule__Output {
  'words': (string)[];
  'meanings': (string)[];
}
