/** Opens a form for whoever pressed a button of a file's answer. */
import type { BlockAction, ButtonAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Services } from '../../services.ts';
import { personBehind } from '../../slack/person-behind.ts';
import { openView } from '../open-view.ts';

/** The trigger lives 3 s, and a file of 10,000 rows may take longer to go through. */
export async function openFor(
  services: Services,
  client: WebClient,
  body: BlockAction<ButtonAction>,
  title: string,
  load: () => Promise<ModalView>,
): Promise<void> {
  const place = personBehind(body) ?? { channel: body.user.id, person: body.user.id };
  await openView(
    {
      client,
      log: services.log,
      triggerId: body.trigger_id,
      tooLate: (why) => services.sendEphemeral(place, why),
    },
    { title, meanwhile: 'One moment …', load },
  );
}
