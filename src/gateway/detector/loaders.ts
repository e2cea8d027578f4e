import type DataLoader from 'dataloader';
import { readAllItems } from '../all-items.ts';
import { createReadLoader, type LoaderMakers, once, pageText } from '../read-loader.ts';
import { nullIf } from '../upstream/errors.ts';
import {
  type DetectorKey,
  type DetectorModelAnswer,
  type DetectorModelSummaryAnswer,
  type DetectorPageRequest,
  type Page,
  type PageRequest,
} from '../upstream/upstream.ts';
import { type Detector, detectorKeyText, fromDetectorAnswer, fromDetectorSummary } from './detector.ts';
import { createDetectorSummaries, type DetectorSummaries } from './summaries.ts';

/** What one operation reads of detectors and their models. Each load rejects with an UpstreamError. */
export interface DetectorLoaders {
  /** With variables and timers; null: there is no such detector. */
  readonly detector: DataLoader<DetectorKey, Detector | null, string>;
  readonly detectorSummaries: DetectorSummaries;
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

/** The loaders of detectors and their models. */
export const detectorLoaders: LoaderMakers<DetectorLoaders> = {
  detector: ({ upstream, call }) =>
    createReadLoader(async (key) => {
      const answer = await upstream.describeDetector(key, call);
      return answer && fromDetectorAnswer(answer);
    }, detectorKeyText),
  detectorSummaries: ({ upstream, call }, { detectorPage }) =>
    createDetectorSummaries(upstream, call, (request) => detectorPage.load(request)),
  detectorSummary: (_reading, loaders) => async (key) =>
    (await loaders.detectorSummaries.load(key)) ?? loaders.detector.load(key),
  forgetDetectors: (_reading, loaders) => (keys) => {
    if (keys) for (const key of keys) loaders.detector.clear(key);
    else loaders.detector.clearAll();
    loaders.detectorPage.clearAll();
    loaders.detectorSummaries.clear();
  },
  detectorPage: ({ upstream, call }) =>
    createReadLoader(async (request) => {
      const page = await upstream.listDetectors(request, call);
      return { items: page.items.map(fromDetectorSummary), nextToken: page.nextToken };
    }, detectorPageText),
  detectorModelPage: ({ upstream, call }) =>
    createReadLoader((page) => upstream.listDetectorModels(page, call), pageText),
  detectorModel: ({ upstream, call }) =>
    createReadLoader((name: string) => upstream.describeDetectorModel(name, call), String),
  detectorModelNames: (_reading, { detectorModelPage }) =>
    once(async () => {
      const models = await nullIf(
        'NOT_CONFIGURED',
        readAllItems((page) => detectorModelPage.load(page)),
      );
      return models && models.map((model) => model.detectorModelName);
    }),
};

function detectorPageText({ detectorModelName, stateName, ...page }: DetectorPageRequest): string {
  return JSON.stringify([detectorModelName, stateName, pageText(page)]);
}
