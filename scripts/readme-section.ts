import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

export const README_PATH = fileURLToPath(new URL('../README.md', import.meta.url));

/**
 * A README with another text between the marks of the section `name`, `<!-- name: written by ... -->` and `<!-- end of name -->`, formatted
 * as the repository is. Rejects if the marks are not there.
 */
export async function withReadmeSection(readme: string, name: string, text: string): Promise<string> {
  const marks = new RegExp(`(<!-- ${name}: .* -->\\n)[^]*(<!-- end of ${name} -->)`);
  if (!marks.test(readme)) throw new Error(`Expected the marks of the section ${name} in the README, got none`);
  const written = readme.replace(marks, (_, start: string, end: string) => `${start}\n${text}\n${end}`);
  return format(written, { ...(await resolveConfig(README_PATH)), parser: 'markdown' });
}
