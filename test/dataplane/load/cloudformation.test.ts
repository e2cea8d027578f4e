import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLoader, type TestLoader } from './open-loader.ts';

let it: TestLoader;
beforeEach(async () => {
  it = await openLoader();
});
afterEach(() => it.close());

const template = `
AWSTemplateFormatVersion: 2010-09-09
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties: { AssumeRolePolicyDocument: !Sub '\${AWS::AccountId}' }
  Sensor:
    Type: AWS::IoTEvents::Input
    Properties:
      InputDefinition:
        Attributes: [{ JsonPath: id }, { JsonPath: value }]
      Tags: [{ Key: team, Value: plant }]
  Model:
    Type: AWS::IoTEvents::DetectorModel
    DependsOn: Sensor
    Properties:
      DetectorModelName: motor
      Key: id
      EvaluationMethod: SERIAL
      RoleArn: arn:aws:iam::123456789012:role/r
      DetectorModelDefinition:
        InitialStateName: Only
        States:
          - StateName: Only
            OnEnter:
              Events:
                - EventName: init
                  Condition: true
                  Actions:
                    - SetTimer: { TimerName: t, Seconds: '60' }
                    - DynamoDBv2: { TableName: "'table'", Payload: { ContentExpression: "'{}'", Type: JSON } }
            OnInput:
              Events:
                - EventName: seen
                  Condition: $input.Sensor.value > 0
                  Actions: [{ SetVariable: { VariableName: seen, Value: 1 } }]
              TransitionEvents:
                - { EventName: again, Condition: timeout("t"), NextState: Only }
  Alarm:
    Type: AWS::IoTEvents::AlarmModel
    Properties:
      AlarmModelName: hot
      RoleArn: arn:aws:iam::123456789012:role/r
      Severity: '3'
      AlarmRule: { SimpleRule: { InputProperty: $input.Sensor.value, ComparisonOperator: GREATER, Threshold: 70 } }
      AlarmCapabilities: { InitializationConfiguration: { DisabledOnInitialization: 'false' } }
  Fleet:
    Type: AWS::SageMaker::DeviceFleet
    Properties: { DeviceFleetName: demo, OutputConfig: { S3OutputLocation: 's3://bucket' } }
  Device:
    Type: AWS::SageMaker::Device
    Properties: { DeviceFleetName: demo, Device: { DeviceName: d1, Description: first } }
`;

test('a template is loaded, its other resources are noted, and loading it again changes nothing', async () => {
  const report = await it.load({ 'a.yaml': template });
  expect(report).toMatchObject({
    created: [
      'input Sensor',
      'device fleet demo',
      'detector model motor, version 1',
      'alarm model hot, version 1',
      '1 devices in device fleet demo',
    ],
    refused: [],
  });
  expect(report.notes).toContainEqual(expect.stringMatching(/a\.yaml: Resources\.Role: AWS::IAM::Role is not loaded$/));
  await it.runtime.put('Sensor', { id: 'x', value: 80 });
  expect(await it.runtime.state('motor', 'x')).toMatchObject({ variables: { seen: '1' } });
  expect(await it.runtime.runtime.describeAlarm('hot', null)).toMatchObject({ stateName: 'ACTIVE' });
  expect(await it.load({})).toMatchObject({ created: [], updated: [], refused: [] });
});

test('a template in JSON is the same', async () => {
  const properties = { InputName: 'Sensor', InputDefinition: { Attributes: [{ JsonPath: 'value' }] } };
  const Resources = { Any: { Type: 'AWS::IoTEvents::Input', Properties: properties } };
  expect((await it.load({ 'a.template': { Resources }, 'b.json': [{ Resources: {} }] })).created).toEqual([
    'input Sensor',
  ]);
});

test('intrinsic functions are refused, each with its place, in the short form too', async () => {
  const short = template.replace('RoleArn: arn:aws:iam::123456789012:role/r', 'RoleArn: !GetAtt Role.Arn');
  const { refused } = await it.load({
    'a.yaml': short.replace('JsonPath: id', 'JsonPath: !Ref Id'),
    'b.json': { Resources: { R: { Type: 'AWS::IoTEvents::Input', Properties: { InputName: { 'Fn::Sub': 'x' } } } } },
  });
  const rule = (name: string) =>
    `Expected a value, got the intrinsic function ${name}: put what it stands for in its place`;
  expect(refused).toEqual(
    [
      `a.yaml: Resources.Sensor.Properties.InputDefinition.Attributes[0].JsonPath: ${rule('Ref')}`,
      `a.yaml: Resources.Model.Properties.RoleArn: ${rule('Fn::GetAtt')}`,
      `a.yaml: Resources.Alarm.Properties.AlarmRule.SimpleRule.InputProperty: Failed to parse`,
      `b.json: Resources.R.Properties.InputName: ${rule('Fn::Sub')}`,
    ].map((text) => (text.includes('Failed') ? (expect.any(String) as string) : text)),
  );
});

test('YAML holds CLI input as well, in several documents, and its errors are told', async () => {
  const input = 'inputName: Sensor\ninputDefinition: { attributes: [{ jsonPath: value }] }\n';
  const report = await it.load({ 'a.yml': `${input}---\n${input.replace('Sensor', 'Other')}`, 'b.yaml': 'a: [b' });
  expect(report.created).toEqual(['input Sensor', 'input Other']);
  expect(report.refused).toEqual([expect.stringMatching(/^b\.yaml: : Expected JSON or YAML, got: /)]);
});
