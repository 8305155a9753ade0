/** Does a job that could rest without a rest. */
export function atOnce<Value>(job: Iterator<unknown, Value>): Value {
  for (;;) {
    const step = job.next();
    if (step.done === true) return step.value;
  }
}
