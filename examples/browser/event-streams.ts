import {
  ApolloClient,
  ApolloLink,
  CombinedProtocolErrors,
  gql,
  HttpLink,
  InMemoryCache,
  ServerError,
} from '@apollo/client';
import { RetryLink } from '@apollo/client/link/retry';
import { createClient } from 'graphql-sse';
import { tap } from 'rxjs';
import { detectorStates, keepingCursor, type OnChange } from './client.ts';
import { type DetectorStatesSubscription, type DetectorStatesSubscriptionVariables } from './generated/graphql.ts';

/** As `watchDetectors`, over server-sent events. */
export function watchByServerSentEvents(endpoint: string, detectorModelName: string, onChange: OnChange): () => void {
  const client = createClient({ url: endpoint, retryAttempts: Infinity });
  const variables: DetectorStatesSubscriptionVariables = { detectorModelName };
  const query = detectorStates.toString();
  return client.subscribe<DetectorStatesSubscription>({ query, variables }, keepingCursor(variables, onChange));
}

/** As `watchDetectors`, by Apollo Client, which asks for a multipart response. */
export function watchByApolloClient(endpoint: string, detectorModelName: string, onChange: OnChange): () => void {
  const client = new ApolloClient({
    link: ApolloLink.from([comeBack, goOn, new HttpLink({ uri: endpoint })]),
    cache: new InMemoryCache(),
  });
  const subscription = client
    .subscribe<DetectorStatesSubscription, DetectorStatesSubscriptionVariables>({
      query: gql(detectorStates.toString()),
      variables: { detectorModelName },
      fetchPolicy: 'no-cache',
    })
    .subscribe(({ data, error }) => {
      if (data) onChange(data.detectorsChanged);
      else console.error('The subscription has ended', error);
    });
  return () => {
    subscription.unsubscribe();
    client.stop();
  };
}

/** Asks again when the connection is lost, and not when the gateway refuses. */
const comeBack = new RetryLink({
  // It counts all attempts of a subscription, so that pauses would grow for ever.
  delay: { initial: 300, max: 10_000 },
  attempts: (_count, _operation, error) =>
    !CombinedProtocolErrors.is(error) && !(ServerError.is(error) && error.statusCode < 500),
});

/** Has a subscription that is asked for again go on after its last event, whatever its field is. */
const goOn = new ApolloLink((operation, forward) =>
  forward(operation).pipe(
    tap(({ data }) => {
      const [change] = Object.values(data ?? {}) as ({ readonly cursor?: string } | null)[];
      if (change?.cursor !== undefined) operation.variables['after'] = change.cursor;
    }),
  ),
);
