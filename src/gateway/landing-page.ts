import { type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default';

const FIRST_DOCUMENT = `# Everything here works against the example fleet that \`npm start\` loads.
query Device {
  device(deviceFleetName: "demo", deviceName: "press-01") {
    deviceName
    registration {
      isRegistered
    }
    deployments {
      deploymentName
      definitions {
        modelHandle
        state
      }
    }
  }
}
`;

/**
 * Apollo Sandbox at GET /graphql for browsers, or nothing. The page asks the address it was loaded from, for subscriptions by
 * WebSocket. Its code comes from Apollo's CDN: without the internet the page says that it cannot be loaded.
 */
export function createLandingPage(enabled: boolean): ApolloServerPlugin {
  if (!enabled) return ApolloServerPluginLandingPageDisabled();
  return ApolloServerPluginLandingPageLocalDefault({
    document: FIRST_DOCUMENT,
    includeCookies: false,
    footer: false,
    // By itself Sandbox would introspect the schema every second.
    embed: { runTelemetry: false, initialState: { pollForSchemaUpdates: false } },
  });
}
