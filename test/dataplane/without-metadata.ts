/** The members of an SDK client's answer. */
export function withoutMetadata<T extends { readonly $metadata: unknown }>({ $metadata: _, ...answer }: T) {
  return answer;
}
