import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { withSettingsTable } from '../scripts/readme-settings.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

it('the README has the table of settings that the program has (else: npm run readme)', async () => {
  expect(readme).toBe(await withSettingsTable(readme));
});
