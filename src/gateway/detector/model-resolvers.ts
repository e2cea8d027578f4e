import { readConnection } from '../connection.ts';
import { type Context } from '../context.ts';
import { notFound } from '../errors.ts';
import { type Resolvers } from '../generated/resolvers.ts';
import { type DetectorModelAnswer, type DetectorModelSummaryAnswer } from '../upstream/upstream.ts';
import { inputNamesOf, stateNamesOf } from './model-definition.ts';
import { readDetectors } from './resolvers.ts';

/** The control plane's detector models: lists, what DescribeDetectorModel adds, and their detectors. */
export const detectorModelResolvers: Resolvers = {
  Query: {
    detectorModels: (_parent, { first, after }, { loaders }) =>
      readConnection({ first, after }, ['detectorModels'], (nextToken, maxResults) =>
        loaders.detectorModelPage.load({ nextToken, maxResults }),
      ),
  },
  DetectorModel: {
    async detectorModelVersion(model, _args, context) {
      const detail = await loadDetail(model, context);
      if (detail) return detail.detectorModelVersion;
      throw notFound(`Detector model ${model.detectorModelName} has gone since it was listed`);
    },
    key: ofDetail('key'),
    evaluationMethod: ofDetail('evaluationMethod'),
    status: ofDetail('status'),
    lastUpdateTime: ofDetail('lastUpdateTime'),
    definition: ofDetail('definition'),
    async inputNames(model, _args, context) {
      const definition = (await loadDetail(model, context))?.definition;
      return definition ? inputNamesOf(definition) : null;
    },
    async stateNames(model, _args, context) {
      const definition = (await loadDetail(model, context))?.definition;
      return definition ? stateNamesOf(definition) : null;
    },
    detectors: ({ detectorModelName }, args, context) => readDetectors({ ...args, detectorModelName }, context),
  },
};

/** Resolves a field that only DescribeDetectorModel tells. */
function ofDetail<Field extends keyof DetectorModelAnswer>(field: Field) {
  return async (
    model: DetectorModelSummaryAnswer,
    _args: object,
    context: Context,
  ): Promise<DetectorModelAnswer[Field] | null> => (await loadDetail(model, context))?.[field] ?? null;
}

/** What DescribeDetectorModel adds to a summary; null if the model has gone since it was listed. */
function loadDetail({ detectorModelName }: DetectorModelSummaryAnswer, { loaders }: Context) {
  return loaders.detectorModel.load(detectorModelName);
}
