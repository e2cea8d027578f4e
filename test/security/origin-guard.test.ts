import { expect, test } from 'vitest';
import { createOriginGuard } from '../../src/security/origin-guard.ts';

test('on loopback only loopback pages and names are let in', () => {
  const { allowsOrigin, allowsHost } = createOriginGuard('127.0.0.1', []);
  for (const origin of [
    undefined,
    'http://localhost:3000',
    'http://127.0.0.1',
    'http://[::1]:4000',
    'http://app.localhost',
  ]) {
    expect([origin, allowsOrigin(origin, 'localhost:4000')]).toEqual([origin, true]);
  }
  for (const origin of [
    'null',
    'https://evil.example',
    'http://localhost.evil.example',
    'http://127.0.0.1.evil.example',
  ]) {
    expect([origin, allowsOrigin(origin, 'evil.example')]).toEqual([origin, false]);
  }
  expect(['localhost:4000', '127.0.0.1:4000', '[::1]:4000'].every(allowsHost)).toBe(true);
  expect(['evil.example', 'evil.example:4000', 'localhost.evil.example', ''].some(allowsHost)).toBe(false);
});

test("elsewhere only the gateway's own pages are let in, under whatever name it has", () => {
  const { allowsOrigin, allowsHost } = createOriginGuard('0.0.0.0', []);
  expect(allowsHost('fleet.example')).toBe(true);
  expect(allowsOrigin('https://fleet.example', 'fleet.example')).toBe(true);
  expect(allowsOrigin('https://evil.example', 'fleet.example')).toBe(false);
  expect(allowsOrigin('http://localhost:3000', 'fleet.example')).toBe(false);
});

test('configured origins are let in as pages and as names', () => {
  const { allowsOrigin, allowsHost } = createOriginGuard('127.0.0.1', ['https://app.example']);
  expect(allowsOrigin('https://app.example', 'localhost:4000')).toBe(true);
  expect(allowsOrigin('http://app.example', 'localhost:4000')).toBe(false);
  expect(allowsHost('app.example')).toBe(true);
  const open = createOriginGuard('127.0.0.1', ['*']);
  expect(open.allowsOrigin('https://any.example', 'any.example') && open.allowsHost('any.example')).toBe(true);
});
