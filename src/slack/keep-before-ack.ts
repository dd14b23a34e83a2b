import type { App, Receiver, ReceiverEvent } from '@slack/bolt';

/**
 * Bolt acknowledges an event before any listener runs, so a process that dies in between would lose it. This stands in front:
 * `keep` must have remembered the event before Bolt sees it; if it throws, Slack gets no acknowledgement and delivers again.
 */
export function keepBeforeAck<R extends Receiver>(receiver: R, keep: (body: unknown) => Promise<void>): R {
  const init = receiver.init.bind(receiver);
  receiver.init = (app: App) => {
    const processEvent = app.processEvent.bind(app);
    app.processEvent = async (event: ReceiverEvent) => {
      await keep(event.body);
      await processEvent(event);
    };
    init(app);
  };
  return receiver;
}
