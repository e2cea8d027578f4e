import type DataLoader from 'dataloader';
import { readAllItems } from '../all-items.ts';
import { createReadLoader, pageText } from '../read-loader.ts';
import { nullIf } from '../upstream/errors.ts';
import {
  type DetectorKey,
  type DetectorModelAnswer,
  type DetectorModelSummaryAnswer,
  type DetectorPageRequest,
  type Page,
  type PageRequest,
  type Upstream,
  type UpstreamCall,
} from '../upstream/upstream.ts';
import { type Detector, detectorKeyText, fromDetectorAnswer, fromDetectorSummary } from './detector.ts';
import { createDetectorSummaries } from './summaries.ts';

/** What one operation reads of detectors and their models. Each load rejects with an UpstreamError. */
export interface DetectorLoaders {
  /** With variables and timers; null: there is no such detector. */
  readonly detector: DataLoader<DetectorKey, Detector | null, string>;
  /** The same with no more than a list tells, in fewer calls where many of one model are asked for at a time. */
  readonly detectorSummary: (key: DetectorKey) => Promise<Detector | null>;
  /** Says that what is known of these detectors, or without keys of any, is no longer so. */
  readonly forgetDetectors: (keys?: readonly DetectorKey[]) => void;
  /** One ListDetectors page of summaries. */
  readonly detectorPage: DataLoader<DetectorPageRequest, Page<Detector>, string>;
  readonly detectorModelPage: DataLoader<PageRequest, Page<DetectorModelSummaryAnswer>, string>;
  /** By name. Null: there is no such model. */
  readonly detectorModel: DataLoader<string, DetectorModelAnswer | null>;
  /** The names of all models; null: there is no control plane. */
  readonly detectorModelNames: () => Promise<readonly string[] | null>;
}

/** Loaders for one operation; they stop when `call.signal` aborts. */
export function createDetectorLoaders(upstream: Upstream, call: UpstreamCall): DetectorLoaders {
  const detectorModelPage = createReadLoader((page: PageRequest) => upstream.listDetectorModels(page, call), pageText);
  let modelNames: Promise<readonly string[] | null> | null = null;
  const readModelNames = async () =>
    (await readAllItems((page) => detectorModelPage.load(page))).map((model) => model.detectorModelName);
  const detector = createReadLoader(async (key: DetectorKey) => {
    const answer = await upstream.describeDetector(key, call);
    return answer && fromDetectorAnswer(answer);
  }, detectorKeyText);
  const detectorPage = createReadLoader(async (request: DetectorPageRequest) => {
    const page = await upstream.listDetectors(request, call);
    return { items: page.items.map(fromDetectorSummary), nextToken: page.nextToken };
  }, detectorPageText);
  const summaries = createDetectorSummaries(upstream, call, (request) => detectorPage.load(request));
  return {
    detector,
    detectorSummary: async (key) => (await summaries.load(key)) ?? detector.load(key),
    forgetDetectors(keys) {
      if (keys) for (const key of keys) detector.clear(key);
      else detector.clearAll();
      detectorPage.clearAll();
      summaries.clear();
    },
    detectorPage,
    detectorModelPage,
    detectorModel: createReadLoader((name: string) => upstream.describeDetectorModel(name, call), String),
    detectorModelNames: () => (modelNames ??= nullIf('NOT_CONFIGURED', readModelNames())),
  };
}

function detectorPageText({ detectorModelName, stateName, ...page }: DetectorPageRequest): string {
  return JSON.stringify([detectorModelName, stateName, pageText(page)]);
}
