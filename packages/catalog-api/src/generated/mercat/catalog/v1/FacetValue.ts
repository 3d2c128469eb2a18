

export interface FacetValue {
  'value'?: (string);
  'count'?: (number);
}

export interface FacetValue__Output {
  'value': (string);
  'count': (number);
}
