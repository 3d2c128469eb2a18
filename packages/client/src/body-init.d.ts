// The generated client names this type of browsers, which the types of Node do not have.
type BodyInit = NonNullable<RequestInit['body']>
