import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inputRequest, modelRequest, openRuntime, type TestRuntime } from './open-runtime.ts';

let it: TestRuntime;
beforeEach(async () => {
  it = await openRuntime();
});
afterEach(() => it.close());

test('a publication whose COMMIT fails changes nothing, also not what messages meet', async () => {
  const sensor = inputRequest('Sensor', 'id', 'value');
  const version = (value: string) =>
    modelRequest('motor', { key: 'id', condition: '$input.Sensor.value > 0', set: { version: value } });
  await it.load(sensor, version('1'));
  // A deferred constraint is checked at COMMIT; a second version breaks it.
  const database = new DatabaseSync(join(it.directory, 'fleetgraph.sqlite'));
  database.exec(`
    CREATE TABLE parent (id INTEGER PRIMARY KEY);
    CREATE TABLE child (parent INTEGER REFERENCES parent DEFERRABLE INITIALLY DEFERRED);
    CREATE TRIGGER fatal AFTER INSERT ON resources WHEN NEW.kind = 'detectorModel' BEGIN INSERT INTO child VALUES (1); END;`);
  await expect(it.load(sensor, version('2'))).rejects.toThrow('FOREIGN KEY constraint failed');
  expect(await it.put('Sensor', { id: 'a', value: 1 })).toBeNull();
  const found = { detectorModelVersion: '1', variables: { version: '1' } };
  expect(await it.state('motor', 'a')).toMatchObject(found);
  database.exec('DROP TRIGGER fatal');
  database.close();
  await it.load(sensor, version('2'));
  await it.put('Sensor', { id: 'a', value: 1 });
  expect(await it.state('motor', 'a')).toMatchObject({ detectorModelVersion: '2', variables: { version: '2' } });
});
