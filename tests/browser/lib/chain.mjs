import {test} from 'node:test';

/**
 * Tests that go on from what the ones before them left. `step` is one of the chain: when it fails, what comes after it is
 * skipped, and what `logs()` returns is printed. `check` looks at the state that the chain reached; when it fails, the others go on.
 */
export function chain(logs) {
  let broken = false;
  const check = (name, look) => test(name, (t) => broken ? t.skip('an earlier step failed') : look(t));
  const step = (name, act) => check(name, async (t) => {
    try {
      await act(t);
    } catch (error) {
      broken = true;
      console.log(logs());
      throw error;
    }
  });
  return {step, check};
}
