// Writes the README's table of settings from src/settings.ts: `npm run readme`.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { defaultTextOf, flagOf, isSwitch, SETTINGS, variableOf, type Setting } from '../src/settings.ts';

const start = '<!-- settings: written by `npm run readme` -->\n';
const end = '<!-- end of settings -->\n';
const readmePath = fileURLToPath(new URL('../README.md', import.meta.url));

/** The README with the table of settings as it has to be. */
export async function withSettingsTable(readme: string): Promise<string> {
  const from = readme.indexOf(start);
  const to = readme.indexOf(end);
  if (from < 0 || to < from) throw new Error(`Expected "${start.trim()}" and "${end.trim()}" in the README`);
  const written = `${readme.slice(0, from)}${start}\n${settingsTable()}\n${readme.slice(to)}`;
  return format(written, { ...(await resolveConfig(readmePath)), parser: 'markdown' });
}

function settingsTable(): string {
  const rows = Object.entries<Setting>(SETTINGS).map(([name, setting]) => {
    const flag = flagOf(name, setting);
    const negation = flag !== null && isSwitch(setting) ? `, \`--no-${flag.slice(2)}\`` : '';
    const names = flag === null ? '' : `\`${flag}\`${negation}`;
    const variable = variableOf(name, setting);
    const commands = setting.commands.join(', ');
    const meaning = `${setting.description} Expected: ${setting.rule}.`;
    return `| ${names} | ${variable === null ? '' : `\`${variable}\``} | ${defaultTextOf(setting)} | ${commands} | ${meaning} |\n`;
  });
  return `| Flag | Variable | Default | Commands | Meaning |\n| --- | --- | --- | --- | --- |\n${rows.join('')}`;
}

if (import.meta.main) writeFileSync(readmePath, await withSettingsTable(readFileSync(readmePath, 'utf8')));
