/** What a round of polling is to find out, and what is known of what that costs. Numbers of calls. */
export interface RoundNeeds {
  /** How many objects are followed one by one. */
  readonly keys: number;
  /** Whether all objects are followed, also those that are not there yet. */
  readonly all: boolean;
  /** How many calls the list takes: of the last sweep, or at least so many. Infinity: there is no list, or not for us. */
  readonly pages: number;
  /** How many objects will be described after a sweep, for followers who ask for what a list does not tell. */
  readonly details: number;
}

/** How a round reads. A sweep reads the list, and is given up after `maxPages`, from where on describing costs no more. */
export type RoundPlan = { readonly kind: 'describe' } | { readonly kind: 'sweep'; readonly maxPages: number };

/** The plan with the fewest calls; of two that cost the same, to describe, which tells more. Only a sweep finds all objects. */
export function planRound({ keys, all, pages, details }: RoundNeeds): RoundPlan {
  if (all) return { kind: 'sweep', maxPages: Infinity };
  if (pages + details < keys) return { kind: 'sweep', maxPages: keys - details - 1 };
  return { kind: 'describe' };
}
