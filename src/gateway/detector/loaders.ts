import type DataLoader from 'dataloader';
import { createReadLoader } from '../read-loader.ts';
import {
  type DetectorKey,
  type DetectorPageRequest,
  type Page,
  type Upstream,
  type UpstreamCall,
} from '../upstream/upstream.ts';
import { type Detector, detectorKeyText, fromDetectorAnswer, fromDetectorSummary } from './detector.ts';

/** What one operation reads of detectors. Each load rejects with an UpstreamError. */
export interface DetectorLoaders {
  /** With variables and timers; null: there is no such detector. */
  readonly detector: DataLoader<DetectorKey, Detector | null, string>;
  /** One ListDetectors page of summaries. */
  readonly detectorPage: DataLoader<DetectorPageRequest, Page<Detector>, string>;
}

/** Loaders for one operation; they stop when `call.signal` aborts. */
export function createDetectorLoaders(upstream: Upstream, call: UpstreamCall): DetectorLoaders {
  return {
    detector: createReadLoader(async (key) => {
      const answer = await upstream.describeDetector(key, call);
      return answer && fromDetectorAnswer(answer);
    }, detectorKeyText),
    detectorPage: createReadLoader(async (request: DetectorPageRequest) => {
      const page = await upstream.listDetectors(request, call);
      return { items: page.items.map(fromDetectorSummary), nextToken: page.nextToken };
    }, pageText),
  };
}

function pageText({ detectorModelName, stateName, nextToken, maxResults }: DetectorPageRequest): string {
  return JSON.stringify([detectorModelName, stateName, nextToken, maxResults]);
}
