import { setTimeout as wait } from 'node:timers/promises';
import vm from 'node:vm';
import { TestEnvironment } from 'jest-environment-node';

/** Milliseconds that connections may take to close after the last test. */
const GRACE = 2000;

/**
 * Jest's Node environment with an ordinary global object, and a file that leaves a timer running fails. Jest hands its tests a
 * sandbox behind a Proxy, so that every `Math` or `Array` in a loop is a call of a trap: the SQL parser spent half of its time
 * there.
 */
export default class PlainEnvironment extends TestEnvironment {
  private readonly timers: NodeJS.Timeout[] = [];

  constructor(...given: ConstructorParameters<typeof TestEnvironment>) {
    const { createContext } = vm;
    // Jest takes no context of ours; it makes its own while it constructs, once.
    vm.createContext = () => createContext(vm.constants.DONT_CONTEXTIFY);
    try {
      super(...given);
    } finally {
      vm.createContext = createContext;
    }
    this.global.setTimeout = this.keep(this.global.setTimeout);
    this.global.setInterval = this.keep(this.global.setInterval);
  }

  override async teardown(): Promise<void> {
    const until = performance.now() + GRACE;
    while (this.timers.some(runs) && performance.now() < until) await wait(20);
    const left = this.timers.filter(runs).map((timer) => String(Reflect.get(timer, '_onTimeout')));
    await super.teardown();
    // Jest itself would end the worker by force and print a line that fails nothing.
    if (left.length > 0) throw new Error(`Timers still run after the last test; close what started them: ${left.join(', ')}`);
  }

  private keep<Start extends typeof setTimeout | typeof setInterval>(start: Start): Start {
    return new Proxy(start, {
      apply: (target, self, args) => {
        const timer = Reflect.apply(target, self, args);
        this.timers.push(timer);
        return timer;
      },
    });
  }
}

/** Whether it would keep the process. Node has no public word for a timer that has ended. */
function runs(timer: NodeJS.Timeout): boolean {
  return !Reflect.get(timer, '_destroyed') && timer.hasRef();
}
