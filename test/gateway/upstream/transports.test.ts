import { describeUpstreamAnswers } from '../../contract/upstream-answers.ts';
import { describeUpstreamFaults } from '../../contract/upstream-faults.ts';

describeUpstreamAnswers('lean');
describeUpstreamAnswers('plain');
describeUpstreamFaults('lean');
describeUpstreamFaults('plain');
