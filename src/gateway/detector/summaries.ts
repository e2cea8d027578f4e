import DataLoader from 'dataloader';
import { MAX_PAGE } from '../rules.ts';
import { UpstreamError } from '../upstream/errors.ts';
import {
  type DetectorKey,
  type DetectorPageRequest,
  type Page,
  type Upstream,
  type UpstreamCall,
} from '../upstream/upstream.ts';
import { type Detector, detectorKeyText } from './detector.ts';

/** Detectors as ListDetectors tells them, for who asks for many of one model and for no more than that. */
export interface DetectorSummaries {
  /** Null: the list was not read, or the detector is not on it; DescribeDetector knows. Never rejects for upstream's sake. */
  load(key: DetectorKey): Promise<Detector | null>;
  clear(): void;
}

/** So many detectors of a model are worth a page of its list, which costs what 5 to 8 calls of DescribeDetector do. */
const KEYS_PER_PAGE = 10;
/** More of a list is not read for some of its detectors. */
const MAX_PAGES = 2;
/** How long a list that was of no use is not tried again. */
const NO_USE_MS = 60_000;
const MAX_REMEMBERED = 1000;

/** Until when an upstream's lists are of no use, by model: too long, or refused. */
const noUseUntilMs = new WeakMap<Upstream, Map<string, number>>();

/** Summaries for one operation; what is asked for in one turn of the event loop is looked for together. */
export function createDetectorSummaries(
  upstream: Upstream,
  call: UpstreamCall,
  readPage: (request: DetectorPageRequest) => Promise<Page<Detector>>,
): DetectorSummaries {
  // One for each model, so that the list of one keeps back no other.
  const loaders = new Map<string, DataLoader<DetectorKey, Detector | null, string>>();
  const memory = noUseUntilMs.get(upstream) ?? new Map<string, number>();
  noUseUntilMs.set(upstream, memory);

  async function readList(model: string, keys: readonly DetectorKey[]): Promise<(Detector | null)[]> {
    const found = new Map<string, Detector>();
    const missing = new Set(keys.map(detectorKeyText));
    if (performance.now() >= (memory.get(model) ?? 0)) {
      try {
        let nextToken: string | null = null;
        for (let pages = 0; missing.size >= KEYS_PER_PAGE && pages < MAX_PAGES; pages += 1) {
          const request = { detectorModelName: model, stateName: null, nextToken, maxResults: MAX_PAGE };
          const page: Page<Detector> = await readPage(request);
          for (const detector of page.items) {
            found.set(detectorKeyText(detector), detector);
            missing.delete(detectorKeyText(detector));
          }
          nextToken = page.nextToken;
          if (nextToken === null) break;
        }
        if (nextToken !== null && missing.size >= KEYS_PER_PAGE) remember(model);
      } catch (error) {
        if (!(error instanceof UpstreamError)) throw error;
        if (!isLeft(call.signal)) remember(model);
      }
    }
    return keys.map((key) => found.get(detectorKeyText(key)) ?? null);
  }

  function remember(model: string): void {
    const [oldest] = memory.keys();
    if (memory.size >= MAX_REMEMBERED && oldest !== undefined) memory.delete(oldest);
    memory.delete(model);
    memory.set(model, performance.now() + NO_USE_MS);
  }

  return {
    load(key) {
      const model = key.detectorModelName;
      let loader = loaders.get(model);
      if (!loader) {
        loader = new DataLoader((keys) => readList(model, keys), { cacheKeyFn: detectorKeyText });
        loaders.set(model, loader);
      }
      return loader.load(key);
    },
    clear() {
      loaders.clear();
    },
  };
}

/** Whether the client has gone, which says nothing of the list. */
function isLeft(signal: AbortSignal): boolean {
  return signal.aborted && (signal.reason as Error).name === 'AbortError';
}
