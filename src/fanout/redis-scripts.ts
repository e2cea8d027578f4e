import { type CommandParser, defineScript } from '@redis/client';
import { type LogReply, type PositionReply, type PresentReply } from './redis-replies.ts';

// Each runs as one step. All keys of a call carry the same hash tag, so that they are in one place of a cluster.
// KEYS of a topic: 1 its record (a hash), 2 its objects (a hash), 3 its log (a stream whose ids are the sequence numbers).

/** What a script returns is passed on as it is: only its text tells the type. */
function answers<Reply>(reply: Reply): Reply {
  return reply;
}

/** A script as a client command, that takes keys and arguments. */
function script<Reply>(text: string, transformReply: (reply: Reply) => Reply) {
  return defineScript({
    SCRIPT: PRELUDE + text,
    parseCommand(parser: CommandParser, keys: readonly string[], args: readonly (string | number)[] = []) {
      parser.pushKeysLength([...keys]);
      for (const arg of args) parser.push(String(arg));
    },
    transformReply,
  });
}

// Redis may have evicted one key of a topic and not the other, hence the count.
const PRELUDE = `
local function nowMs()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end
local function isWhole()
  return tonumber(redis.call('HGET', KEYS[1], 'count') or -1) == redis.call('HLEN', KEYS[2])
end
local function keepRecord(keepMs)
  for i = 1, 3 do redis.call('PEXPIRE', KEYS[i], keepMs) end
end
local function keepFor(key, ttlMs)
  redis.call('PEXPIRE', key, math.max(redis.call('PTTL', key), ttlMs))
end
local function state()
  local position = redis.call('HMGET', KEYS[1], 'epoch', 'sequence')
  local base = redis.call('HMGET', KEYS[1], 'baseEpoch', 'baseSequence')
  local observedAtMs, fault = unpack(redis.call('HMGET', KEYS[1], 'observedAtMs', 'fault'))
  return { position, base, observedAtMs, fault }
end
`;

/** Answers 0, or for how many ms another replica has the lease. */
const acquire = script(
  `
local epoch, replica, ttlMs, keepMs = unpack(ARGV)
local now = nowMs()
local holder, expiresAtMs = unpack(redis.call('HMGET', KEYS[1], 'replica', 'expiresAtMs'))
if holder and holder ~= replica and now < tonumber(expiresAtMs) then return tonumber(expiresAtMs) - now end
if not isWhole() then
  redis.call('DEL', KEYS[1], KEYS[2], KEYS[3])
  redis.call('HSET', KEYS[1], 'epoch', epoch, 'sequence', 0, 'baseEpoch', epoch, 'baseSequence', 0, 'count', 0)
end
redis.call('HSET', KEYS[1], 'lease', epoch, 'replica', replica, 'expiresAtMs', now + ttlMs)
keepRecord(keepMs)
return 0
`,
  answers<number>,
);

/** Answers 1, or 0 for an old lease. */
const renew = script(
  `
local epoch, ttlMs, keepMs = unpack(ARGV)
if redis.call('HGET', KEYS[1], 'lease') ~= epoch then return 0 end
redis.call('HSET', KEYS[1], 'expiresAtMs', nowMs() + ttlMs)
keepRecord(keepMs)
return 1
`,
  answers<number>,
);

const release = script(
  `
local epoch, channel = unpack(ARGV)
if redis.call('HGET', KEYS[1], 'lease') ~= epoch then return end
redis.call('HDEL', KEYS[1], 'lease', 'replica', 'expiresAtMs')
redis.call('PUBLISH', channel, 'RELEASED')
`,
  answers<null>,
);

/** From argument 10 on: key, 1 or 0, text; the text counts after 1. Answers null for an old lease. */
const append = script(
  `
local epoch, after, ttlMs, keepMs, maxChanges, channel, atMs, hasFault, fault = unpack(ARGV, 1, 9)
local lease, sequence, observedAtMs, faultBefore, base =
  unpack(redis.call('HMGET', KEYS[1], 'lease', 'sequence', 'observedAtMs', 'fault', 'baseSequence'))
if lease ~= epoch or sequence ~= after or not isWhole() then return false end
fault = hasFault == '1' and fault
local isFirst = not observedAtMs and not fault
local at = tonumber(sequence) + (isFirst and 1 or 0)
for i = 10, #ARGV, 3 do
  local key, text = ARGV[i], ARGV[i + 1] == '1' and ARGV[i + 2]
  local previous = redis.call('HGET', KEYS[2], key)
  if text then redis.call('HSET', KEYS[2], key, text) else redis.call('HDEL', KEYS[2], key) end
  if not isFirst and (previous or text) then
    at = at + 1
    local entry = { 'epoch', epoch, 'atMs', atMs, 'key', key }
    if previous then entry[#entry + 1] = 'previous'; entry[#entry + 1] = previous end
    if text then entry[#entry + 1] = 'text'; entry[#entry + 1] = text end
    redis.call('XADD', KEYS[3], string.format('%d-0', at), unpack(entry))
  end
end
local isMoved = at ~= tonumber(sequence)
if isMoved then redis.call('HSET', KEYS[1], 'epoch', epoch, 'sequence', at) end
if fault then redis.call('HSET', KEYS[1], 'fault', fault)
else redis.call('HDEL', KEYS[1], 'fault'); redis.call('HSET', KEYS[1], 'observedAtMs', atMs) end
redis.call('HSET', KEYS[1], 'count', redis.call('HLEN', KEYS[2]), 'expiresAtMs', nowMs() + ttlMs)

local function entryAt(from, to)
  return redis.call('XRANGE', KEYS[3], string.format('%d-0', from), to or '+', 'COUNT', 1)[1]
end
base = tonumber(base)
local cut = isFirst and at or math.max(base, at - math.max(maxChanges, (#ARGV - 9) / 3))
while cut < at do
  local oldest = entryAt(cut + 1)
  if oldest and tonumber(oldest[2][4]) >= atMs - keepMs then break end
  cut = cut + 1
end
if cut > base then
  local last = entryAt(cut, string.format('%d-0', cut))
  redis.call('HSET', KEYS[1], 'baseEpoch', last and last[2][2] or epoch, 'baseSequence', cut)
  redis.call('XTRIM', KEYS[3], 'MINID', string.format('%d-0', cut + 1))
end
keepRecord(keepMs)
if isMoved or fault ~= faultBefore then redis.call('PUBLISH', channel, 'CHANGED') end
return redis.call('HMGET', KEYS[1], 'epoch', 'sequence')
`,
  answers<PositionReply | null>,
);

/** Answers null if there is no whole record. */
const read = script(
  `
if not isWhole() then return false end
return { state(), redis.call('HGETALL', KEYS[2]) }
`,
  answers<PresentReply | null>,
);

/** Reads the log from a sequence number on. Answers null if there is no whole record. */
const readLog = script(
  `
if not isWhole() then return false end
return { state(), redis.call('XRANGE', KEYS[3], ARGV[1] .. '-0', '+') }
`,
  answers<LogReply | null>,
);

/** KEYS[1] is a sorted set: key by the time until which it is wanted. */
const want = script(
  `
local ttlMs, channel = unpack(ARGV, 1, 2)
local now = nowMs()
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
local added = 0
for i = 3, #ARGV do added = added + redis.call('ZADD', KEYS[1], 'GT', now + ttlMs, ARGV[i]) end
keepFor(KEYS[1], ttlMs)
if added > 0 then redis.call('PUBLISH', channel, 'WANTED') end
`,
  answers<null>,
);

const wanted = script(
  `
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', nowMs())
return redis.call('ZRANGE', KEYS[1], 0, -1)
`,
  answers<string[]>,
);

/** KEYS[1] is the time when the bucket will be full again. Answers 0, or how many ms to wait. */
const spend = script(
  `
local cost, limit, windowMs = unpack(ARGV)
local now = nowMs()
local fullAtMs = math.max(tonumber(redis.call('GET', KEYS[1]) or 0), now) + cost * windowMs / limit
local waitMs = math.ceil(fullAtMs - windowMs - now)
if waitMs > 0 then return waitMs end
redis.call('SET', KEYS[1], string.format('%.3f', fullAtMs), 'PX', math.max(1, math.ceil(fullAtMs - now)))
return 0
`,
  answers<number>,
);

/** KEYS[1] is a hash: the count of a replica and the time until which it holds, by the replica. Answers 1 or 0. */
const holdShare = script(
  `
local replica, count, limit, ttlMs = unpack(ARGV)
local now, own, total = nowMs(), 0, tonumber(count)
local shares = redis.call('HGETALL', KEYS[1])
for i = 1, #shares, 2 do
  local held, untilMs = string.match(shares[i + 1], '(%d+) (%d+)')
  if tonumber(untilMs) <= now then redis.call('HDEL', KEYS[1], shares[i])
  elseif shares[i] == replica then own = tonumber(held)
  else total = total + held end
end
if tonumber(count) > own and total > tonumber(limit) then return 0 end
if count == '0' then redis.call('HDEL', KEYS[1], replica)
else redis.call('HSET', KEYS[1], replica, string.format('%s %d', count, now + ttlMs)) end
keepFor(KEYS[1], ttlMs)
return 1
`,
  answers<number>,
);

/** The commands that a client is made with. */
export const REDIS_SCRIPTS = { acquire, renew, release, append, read, readLog, want, wanted, spend, holdShare };
