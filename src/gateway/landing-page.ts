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

/** Where Sandbox comes from: its script, what that shows in a frame, and what it is dressed in. */
const CDN = 'https://embeddable-sandbox.cdn.apollographql.com';
const PAGE_CDN = 'https://apollo-server-landing-page.cdn.apollographql.com';
const APOLLO_POLICY = /<meta http-equiv="Content-Security-Policy" content="[^"]*'nonce-(\w+)'[^"]*" \/>/;

/**
 * Apollo Sandbox at GET /graphql for browsers, or nothing. The page asks the address it was loaded from, for subscriptions by
 * WebSocket. Its code comes from Apollo's CDN: without the internet the page says that it cannot be loaded.
 */
export function createLandingPage(enabled: boolean): ApolloServerPlugin {
  if (!enabled) return ApolloServerPluginLandingPageDisabled();
  const plugin = ApolloServerPluginLandingPageLocalDefault({
    document: FIRST_DOCUMENT,
    includeCookies: false,
    footer: false,
    // By itself Sandbox would introspect the schema every second.
    embed: { runTelemetry: false, initialState: { pollForSchemaUpdates: false } },
  });
  return {
    async serverWillStart(service) {
      const listener = await plugin.serverWillStart?.(service);
      const page = await listener?.renderLandingPage?.();
      if (!page) throw new Error('Expected a landing page of Apollo Server, got none');
      const html = async () => withStrictPolicy(typeof page.html === 'string' ? page.html : await page.html());
      return { renderLandingPage: () => Promise.resolve({ html }) };
    },
  };
}

/** Apollo's own policy lets the page load and ask whatever it does not mention. Throws if the page is not as it was known. */
function withStrictPolicy(page: string): string {
  const nonce = APOLLO_POLICY.exec(page)?.[1];
  if (nonce === undefined) throw new Error('Expected a policy with a nonce in the landing page, got none');
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' ${CDN}`,
    `style-src 'nonce-${nonce}' ${CDN} https://fonts.googleapis.com`,
    'font-src https://fonts.gstatic.com',
    `img-src ${PAGE_CDN}`,
    `manifest-src ${PAGE_CDN}`,
    'frame-src https://sandbox.embed.apollographql.com',
    // WebSockets of the same address too. Source: Content Security Policy Level 3, "scheme-part match".
    "connect-src 'self'",
  ].join('; ');
  return page.replace(APOLLO_POLICY, `<meta http-equiv="Content-Security-Policy" content="${policy}" />`);
}
