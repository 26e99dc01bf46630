// A day in words and marks: its absences and holidays, their extent, and the calculation of its target.
import { clock, inWords } from './dates.js';
import { element } from './elements.js';
import { state } from './state.js';
import { say } from './words.js';

export const kinds = ['vacation', 'sick', 'public_holiday', 'personal', 'other'];

const isHidden = (absence) => state.hidesSickness && absence.kind === 'sick';

function partText(extent, minutes) {
  if (extent === 'whole_day') return '';
  return extent === 'minutes' ? clock(minutes) : say(extent);
}

// An absence as it may be shown: sick leave can be replaced by a neutral word and color.
function shownAbsence(absence, sources) {
  const hidden = isHidden(absence);
  return {
    kind: hidden ? 'other' : absence.kind,
    name: hidden ? say('absent') : absence.label || say(absence.kind),
    extent: absence.extent,
    part: partText(absence.extent, absence.minutes),
    elsewhere: absence.effect === 'work_elsewhere',
    source: sources[absence.source] || absence.source,
  };
}

const shownHoliday = (holiday, sources) => ({
  kind: 'public_holiday',
  name: holiday.name,
  extent: holiday.extent,
  part: partText(holiday.extent, 0),
  elsewhere: false,
  source: sources.moco || 'Moco',
});

export const shownOn = (day, sources) => [
  ...day.holidays.map((holiday) => shownHoliday(holiday, sources)),
  ...day.absences.map((absence) => shownAbsence(absence, sources)),
];

export const nameOf = (shown) => shown.name + (shown.part ? ' (' + shown.part + ')' : '');

// The day as a small square, filled by the share of time off.
export const swatch = (shown) =>
  element('span', {
    class: ['swatch', shown.kind, shown.extent, shown.elsewhere ? 'elsewhere' : ''].join(' ').trim(),
    'aria-hidden': 'true',
  });

export const markOf = (shown) =>
  element(
    'span',
    { class: 'mark ' + shown.kind + (shown.elsewhere ? ' elsewhere' : '') },
    swatch(shown),
    element('span', { class: 'name' }, (shown.elsewhere ? '⌂ ' : '') + nameOf(shown)),
  );

function holidayTerm(holiday, sources) {
  return (
    say(holiday.extent === 'whole_day' ? 'holidayTerm' : 'halfHolidayTerm') +
    ' (' +
    (sources.moco || 'Moco') +
    ')'
  );
}

function absenceTerm(absence, sources) {
  const names = {
    vacation: say('vacationTerm'),
    sick: say('sickTerm'),
    public_holiday: say('holidayTerm'),
    personal: say('personalTerm'),
    other: absence.label || say('otherTerm'),
  };
  const elsewhere = absence.effect === 'work_elsewhere';
  const name = isHidden(absence)
    ? say('absent')
    : elsewhere
      ? absence.label || say('elsewhere')
      : names[absence.kind];
  const extents = { whole_day: '', minutes: say('hoursTerm', { t: clock(absence.minutes) }) };
  const extent = extents[absence.extent] ?? say('halfTerm');
  const source = absence.source === 'manual' ? say('manual') : sources[absence.source] || absence.source;
  return (
    name +
    ' (' +
    (extent ? extent + ', ' : '') +
    source +
    (absence.effect_is_answer ? ', ' + say('answerTerm') : '') +
    ')'
  );
}

export const termOf = (reduction, day, sources) =>
  reduction.cause === 'public_holiday'
    ? holidayTerm(day.holidays[reduction.index], sources)
    : absenceTerm(day.absences[reduction.index], sources);

// "8:00 planned − 4:00 vacation (½ day, Personio) = 4:00": in English the words of the command explain.
export function arithmetic(day, sources) {
  if (day.scheduled_minutes === null) {
    return [
      say('unknownDay', { date: day.date }),
      ...day.holidays.map((holiday) => holidayTerm(holiday, sources) + '.'),
      ...day.absences.map((absence) => absenceTerm(absence, sources) + '.'),
    ].join(' ');
  }
  let text = say('planned', { t: clock(day.scheduled_minutes) });
  if (!day.employed) text += ' ' + say('notEmployed');
  if (day.scheduled_is_estimate) text += ' ' + say('estimate');
  if (day.scheduled_by_rotation) text += ' ' + say('rotation');
  for (const reduction of day.reductions)
    if (reduction.minutes > 0)
      text += ' − ' + clock(reduction.minutes) + ' ' + termOf(reduction, day, sources);
  text += ' = ' + clock(day.target_minutes);
  for (const reduction of day.reductions) {
    if (reduction.minutes === 0)
      text +=
        '; ' +
        termOf(reduction, day, sources) +
        ': ' +
        say(day.scheduled_minutes === 0 ? 'nothingPlanned' : 'coveredAlready');
  }
  for (const absence of day.absences) {
    if (absence.effect === 'work_elsewhere')
      text += '; ' + say('changesNothing', { what: absenceTerm(absence, sources) });
  }
  return text;
}

// The content of the tooltip and the dialog of a day.
export const detailsOf = (day, sources) => [
  ...shownOn(day, sources).map((shown) =>
    element('p', {}, markOf(shown), element('span', { class: 'hint' }, ' ' + shown.source)),
  ),
  element('p', { class: 'arithmetic' }, arithmetic(day, sources)),
];

export const dayInWords = (date) => inWords(date, { dateStyle: 'full' });

export function legend() {
  const of = (kind, extent, label) => element('li', {}, swatch({ kind, extent }), ' ' + label);
  return element(
    'ul',
    { class: 'legend' },
    ...kinds.map((kind) => of(kind, 'whole_day', say(kind))),
    of('vacation', 'first_half', say('first_half')),
    of('vacation', 'second_half', say('second_half')),
    of('vacation', 'half_day', say('half_day')),
    of('vacation', 'minutes', say('hourly')),
    element('li', {}, '⌂ ' + say('elsewhere')),
  );
}
