/** What the API takes as the id of a customer, for the `pattern` of an input, and what to say of another text. */
export const customerIdPattern = '[\\x21-\\x7e]{1,128}'
export const customerIdRule = 'A customer id has up to 128 letters, digits and signs, and no spaces.'
