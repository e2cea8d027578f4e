import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { actionExecutionId } from '../../../src/engine/action/action-execution-id.ts';

const name = {
  modelName: 'M',
  modelVersion: '1',
  keyValue: 'k',
  triggerId: ['V', 'm1', 0],
  stateName: 'S',
  eventName: 'e',
  index: 0,
};

describe('actionExecutionId', () => {
  it('is a version-3 UUID of the name', () => {
    const digest = createHash('md5').update('["M","1","k","V","m1",0,"S","e",0]').digest('hex');
    const id = actionExecutionId(name);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-3[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(id.replaceAll('-', '').slice(0, 12)).toBe(digest.slice(0, 12));
    expect(id.slice(-12)).toBe(digest.slice(-12));
  });

  it('differs with every part of the name', () => {
    const others = [
      { modelName: 'N' },
      { modelVersion: '2' },
      { keyValue: null },
      { triggerId: ['V', 'm2', 0] },
      { stateName: 'T' },
      { eventName: null },
      { index: 1 },
    ];
    const ids = [name, ...others.map((other) => ({ ...name, ...other }))].map(actionExecutionId);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
