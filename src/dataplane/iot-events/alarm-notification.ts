import { document, list, string, structure } from '../protocol/shape.ts';

const recipients = list(
  structure({}, { ssoIdentity: structure({ identityStoreId: string() }, { userId: string() }) }),
  { min: 1 },
);

const smsConfiguration = structure({ recipients }, { senderId: string(), additionalMessage: string() });

const emailConfiguration = structure(
  { from: string(), recipients: structure({}, { to: recipients }) },
  { content: structure({}, { subject: string(), additionalMessage: string() }) },
);

/** Who is told of an alarm; the actions are the engine's to check. Source: wire.md, section 6; detector-engine.md, 16.1. */
export const alarmNotification = structure(
  {},
  {
    notificationActions: list(
      structure(
        { action: document },
        {
          smsConfigurations: list(smsConfiguration, { min: 1 }),
          emailConfigurations: list(emailConfiguration, { min: 1 }),
        },
      ),
      { min: 1 },
    ),
  },
);
