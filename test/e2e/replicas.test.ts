import { createClient } from 'graphql-ws';
import { expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { noRedisReason, startRedis } from '../fanout/start-redis.ts';
import { request, runProgram, runServe, temporaryDirectory } from './running-program.ts';

interface Change {
  readonly cursor: string;
  readonly lastUpdateTime: string;
}

/** When the detector of press-01 changed, as a gateway tells it. */
function follow(url: string) {
  const changes: Change[] = [];
  let wake: () => void = () => undefined;
  const client = createClient({ url: url.replace('http', 'ws'), webSocketImpl: WebSocket, retryAttempts: 0 });
  onTestFinished(async () => {
    await client.dispose();
  });
  const query = `subscription { change: detectorChanged(detectorModelName: "motorPressure", keyValue: "press-01") {
    cursor detector { lastUpdateTime } } }`;
  client.subscribe<{ change: { cursor: string; detector: { lastUpdateTime: string } } }>(
    { query },
    {
      next({ data }) {
        if (data) changes.push({ cursor: data.change.cursor, lastUpdateTime: data.change.detector.lastUpdateTime });
        wake();
      },
      error: () => undefined,
      complete: () => undefined,
    },
  );
  return {
    changes,
    reached: async (lastUpdateTime: string) => {
      while (changes.at(-1)?.lastUpdateTime !== lastUpdateTime) await new Promise<void>((resolve) => (wake = resolve));
    },
  };
}

/** Sends a message to press-01; gives when its detector changed. */
async function change(url: string): Promise<string> {
  const { data } = await request<{ putMessages: { results: { ok: boolean }[] } }>(
    url,
    `mutation { putMessages(input: { messages: [
      { inputName: "MotorReading", payload: { deviceName: "press-01", pressure: 20, rpm: 1400 } }] }) { results { ok } } }`,
  );
  expect(data.putMessages.results).toEqual([{ ok: true }]);
  const answer = await request<{ detector: { lastUpdateTime: string } }>(
    url,
    '{ detector(detectorModelName: "motorPressure", keyValue: "press-01") { lastUpdateTime } }',
  );
  return answer.data.detector.lastUpdateTime;
}

it.skipIf(noRedisReason !== null)(
  `a gateway that polls for others is replaced when it freezes and when it is killed${noRedisReason === null ? '' : ` (skipped: ${noRedisReason})`}`,
  async () => {
    await using redis = await startRedis();
    await using data = await temporaryDirectory();
    await using upstream = await runServe(['--data', data.path, '--load', 'examples']);
    const start = async () => {
      const env = { REDIS_URL: redis.url, AWS_ENDPOINT_URL: upstream.dataplaneUrl };
      const keys = { AWS_ACCESS_KEY_ID: 'any', AWS_SECRET_ACCESS_KEY: 'any' };
      const program = runProgram(['gateway', '--port', '0', '--poll-interval-ms', '300'], { env: { ...env, ...keys } });
      const [, url = ''] = await program.printed(/GraphQL.*?(http:\S+)/);
      return { ...program, url };
    };
    const [starting, startingOther, startingLast] = [start(), start(), start()];
    await using holder = await starting;
    await using other = await startingOther;
    await using last = await startingLast;
    const first = await change(upstream.url);
    // Who comes first polls.
    const followers = [follow(holder.url)];
    await followers[0]?.reached(first);
    followers.push(follow(other.url), follow(last.url));
    const [atHolder, ...atOthers] = followers;
    const reach = (those: readonly ReturnType<typeof follow>[], time: string) =>
      Promise.all(those.map(({ reached }) => reached(time)));
    await reach(followers, await change(upstream.url));

    holder.kill('SIGSTOP');
    await reach(atOthers, await change(upstream.url));
    holder.kill('SIGCONT');
    const time = await change(upstream.url);
    await reach(followers, time);
    expect(new Set(followers.map(({ changes }) => changes.at(-1)?.cursor)).size).toBe(1);

    other.kill('SIGKILL');
    await reach(
      [atHolder, atOthers[1]].flatMap((follower) => follower ?? []),
      await change(upstream.url),
    );
    for (const { changes } of followers) {
      expect(new Set(changes.map(({ cursor }) => cursor)).size).toBe(changes.length);
      const times = changes.map(({ lastUpdateTime }) => lastUpdateTime);
      expect(times).toEqual([...new Set(times)].toSorted());
    }
    expect(holder.output().stderr).not.toContain('cut off');
  },
  60_000,
);
