/** What a cycle wants done outside, as plain data, after its snapshot is committed. No external action is performed yet, so there is none. */
export type Effect = never;
