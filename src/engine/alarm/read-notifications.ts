import { chooseAction } from '../action/choose-action.ts';
import { readExternalAction } from '../action/read-external-action.ts';
import { type ExpressionFindings } from '../detector/findings.ts';
import { type Json } from '../json.ts';
import {
  type Place,
  type TextRule,
  entries,
  member,
  optionalText,
  reportConstraint,
  requireObject,
  requiredText,
} from '../request.ts';
import { type Notification } from './definition.ts';

/** The notifications of an alarm model. Source: detector-engine.md, 16.1, 16.6. */
export function readNotifications(alarmNotification: Place, findings: ExpressionFindings): readonly Notification[] {
  if (alarmNotification.value === undefined || !requireObject(alarmNotification)) return [];
  const list = member(alarmNotification, 'notificationActions');
  const places = entries(list);
  if (Array.isArray(list.value) && places.length === 0) {
    reportConstraint(list, 'Member must have length greater than or equal to 1');
  }
  return places.filter(requireObject).flatMap((place) => readNotification(place, findings) ?? []);
}

function readNotification(place: Place, findings: ExpressionFindings): Notification | null {
  const action = member(place, 'action');
  const chosen = chooseAction(action, ['lambdaAction']);
  const emails = entries(member(place, 'emailConfigurations')).filter(requireObject).map(readEmail);
  const texts = entries(member(place, 'smsConfigurations')).filter(requireObject).map(readSms);
  return (
    chosen && {
      action: { path: action.path, ...readExternalAction('lambda', chosen.body, findings) },
      recipients: {
        ...(emails.length > 0 && { emailConfigurations: emails }),
        ...(texts.length > 0 && { smsConfigurations: texts }),
      },
    }
  );
}

/** As the function gets it: flat, without the members that are absent. */
function readEmail(place: Place): Json {
  const content = member(place, 'content');
  const recipients = member(place, 'recipients');
  requireObject(recipients);
  return {
    from: requiredText(member(place, 'from'), {}),
    to: readRecipients(member(recipients, 'to')),
    cc: readRecipients(member(recipients, 'cc')),
    bcc: readRecipients(member(recipients, 'bcc')),
    ...readOptional(content, 'subject'),
    ...readOptional(content, 'additionalMessage'),
  };
}

function readSms(place: Place): Json {
  return {
    phoneNumbers: readRecipients(member(place, 'recipients')),
    ...readOptional(place, 'senderId'),
    ...readOptional(place, 'additionalMessage'),
  };
}

function readOptional(place: Place, name: string): Record<string, string> {
  const text = optionalText(member(place, name), anyText);
  return text === null ? {} : { [name]: text };
}

const anyText: TextRule = { min: 0 };

/** AWS finds the address of a single sign-on identity; here the id of the user stands for it. */
function readRecipients(list: Place): readonly string[] {
  return entries(list).map((place) => requiredText(member(member(place, 'ssoIdentity'), 'userId'), {}));
}
