import { GraphQLError } from 'graphql';

/** An argument breaks a rule; nothing was sent upstream. `argument` is its path, for example `input.messages[2].inputName`. */
export function badUserInput(argument: string, message: string): GraphQLError {
  return new GraphQLError(`${argument}: ${message}`, { extensions: { code: 'BAD_USER_INPUT', argument } });
}

/** What the field is about does not exist. */
export function notFound(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'NOT_FOUND' } });
}
