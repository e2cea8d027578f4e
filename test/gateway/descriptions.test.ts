import { readdirSync, readFileSync } from 'node:fs';
import { type ASTNode, type NameNode, parse, type StringValueNode, visit } from 'graphql';
import { expect, it } from 'vitest';

const DIRECTORY = new URL('../../schema/', import.meta.url);

it.each(readdirSync(DIRECTORY))('%s describes every type, field, argument and value', (file) => {
  const bare: string[] = [];
  visit(parse(readFileSync(new URL(file, DIRECTORY), 'utf8')), {
    enter(node: ASTNode) {
      const { description, name } = node as { description?: StringValueNode; name?: NameNode };
      if (/Definition$/.test(node.kind) && name && !description) bare.push(name.value);
    },
  });
  expect(bare).toEqual([]);
});
