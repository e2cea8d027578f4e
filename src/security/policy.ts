import { z } from 'zod';

/** An identity-based policy as IAM has it: who has it may do what it allows and does not deny. `document` is what was read. */
export interface Policy {
  readonly document: object;
  readonly statements: readonly Statement[];
}

interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: RegExp;
  readonly resources: RegExp;
}

/** What a policy says about one action on one resource, in the words of IAM's SimulatePolicy. */
export type Decision = 'allowed' | 'explicitDeny' | 'implicitDeny';

const oneOrMore = <T extends z.ZodType>(item: T) =>
  z.preprocess((value): unknown => (Array.isArray(value) ? value : [value]), z.array(item).min(1));
const noVariable = /^(?!.*\$\{)/;
const action = z.string().regex(/^(\*|[a-z0-9*?-]+:[A-Za-z0-9*?]+)$/, 'Expected * or <service>:<operation>');
const resource = z
  .string()
  .regex(/^(\*|arn:.+)$/s, 'Expected * or an ARN')
  .regex(noVariable, 'Expected no variable');
const statement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: oneOrMore(action),
  Resource: oneOrMore(resource),
});
const policyDocument = z.strictObject({
  Version: z.literal('2012-10-17'),
  Id: z.string().optional(),
  Statement: oneOrMore(statement),
});

/**
 * A policy from its JSON. Throws an Error that names what is wrong and where: conditions, principals, variables and the Not
 * elements are refused, as they would not be heeded. Source: IAM user guide, "IAM JSON policy element reference".
 */
export function readPolicy(document: unknown): Policy {
  const result = policyDocument.safeParse(document);
  if (!result.success) {
    const issues = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new Error(`Expected a policy of Effect, Action and Resource, got in ${issues.join('; ')}`);
  }
  const statements = result.data.Statement.map(({ Effect, Action, Resource }) => ({
    effect: Effect,
    // Names of actions are the same in any case, those of resources are not.
    actions: anyOf(Action, 'is'),
    resources: anyOf(Resource, 's'),
  }));
  return { document: document as object, statements };
}

/** A text that one of the patterns matches: `*` is any text, `?` any character. */
function anyOf(patterns: readonly string[], flags: string): RegExp {
  const sources = patterns.map((pattern) =>
    pattern
      .replace(/[\\^$.+()|[\]{}]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.'),
  );
  return new RegExp(`^(?:${sources.join('|')})$`, flags);
}

/** Whether `sagemaker:SendHeartbeat` may be done on the resource of an ARN (`*`: on none in particular). */
export function decide({ statements }: Policy, actionName: string, arn: string): Decision {
  const effects = new Set<Statement['effect']>();
  for (const { effect, actions, resources } of statements) {
    if (actions.test(actionName) && resources.test(arn)) effects.add(effect);
  }
  if (effects.has('Deny')) return 'explicitDeny';
  return effects.has('Allow') ? 'allowed' : 'implicitDeny';
}

const allow = (Action: readonly string[]) =>
  readPolicy({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });

/** Policies that have a name. */
export const NAMED_POLICIES = {
  FullAccess: allow(['*']),
  ReadOnlyAccess: allow(['*:Describe*', '*:Get*', '*:List*', 'fleetgraph:ExportResources']),
} as const satisfies Record<string, Policy>;
