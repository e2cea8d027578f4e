import { GraphQLError } from 'graphql';

/** An argument breaks a rule; nothing was sent upstream. `argument` is its path, for example `input.messages[2].inputName`. */
export function badUserInput(argument: string, message: string): GraphQLError {
  return new GraphQLError(`${argument}: ${message}`, { extensions: { code: 'BAD_USER_INPUT', argument } });
}

/** The field needs a part of AWS's control plane (`needs`) that this gateway has no connection to. */
export function notConfigured(field: string, needs: string): GraphQLError {
  return new GraphQLError(`${field} needs ${needs}, which is not configured`, {
    extensions: { code: 'NOT_CONFIGURED' },
  });
}
