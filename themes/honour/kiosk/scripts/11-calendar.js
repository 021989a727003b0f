/* What day it is, as far as the clock can be believed: never before the day on which this version was made. */
const calendar = (() => {
  const two = (number) => (number < 10 ? "0" : "") + number;
  const dayOf = (date) => date.getFullYear() + "-" + two(date.getMonth() + 1) + "-" + two(date.getDate());
  const timeOf = (date) => two(date.getHours()) + ":" + two(date.getMinutes());
  // "2026-04" is the first day of that month.
  const whole = (day) => day + "2026-01-01".slice(day.length);

  const make = (built) => {
    const today = () => {
      const day = dayOf(new Date());
      return day.length === built.length && day > built ? day : built;
    };
    const isOver = (until) => Boolean(until) && until < today();
    const isNew = (honoured, days) => {
      if (!honoured) return false;
      const then = new Date(whole(honoured) + "T00:00:00");
      const gone = (new Date(today() + "T00:00:00") - then) / 86400000;
      return gone >= 0 && gone <= days;
    };
    return { today, isOver, isNew };
  };

  // Whether `now` ("HH:MM") lies from `dim` to `wake`, over midnight or not.
  const within = (now, dim, wake) => {
    if (!dim || !wake) return false;
    return dim < wake ? now >= dim && now < wake : now >= dim || now < wake;
  };

  return { make, within, timeOf, dayOf };
})();
