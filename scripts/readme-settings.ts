// Writes the README's table of settings from src/settings.ts: `npm run readme`.
import { readFileSync, writeFileSync } from 'node:fs';
import { defaultTextOf, flagOf, isSwitch, SETTINGS, variableOf, type Setting } from '../src/settings.ts';
import { README_PATH, withReadmeSection } from './readme-section.ts';

/** The README with the table of settings as it has to be. */
export function withSettingsTable(readme: string): Promise<string> {
  return withReadmeSection(readme, 'settings', settingsTable());
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

if (import.meta.main) writeFileSync(README_PATH, await withSettingsTable(readFileSync(README_PATH, 'utf8')));
