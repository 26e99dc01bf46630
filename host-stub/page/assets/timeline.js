// The timeline: booked time as bars against the target, and the deductions from the target.
import { addDays, clock, inWords, mondayOf, signed } from './dates.js';
import { dayInWords, markOf, shownOn, termOf } from './days.js';
import { columnHeading, columnsTable, element, hint, numberHeading } from './elements.js';
import { run } from './host.js';
import { ageOf, modes, mover, welcome } from './moving.js';
import { showBanner } from './notices.js';
import { state } from './state.js';
import { tellAbout } from './tip.js';
import { gapsIn, totalRows } from './totals.js';
import { say } from './words.js';

// A segment of a track, in minutes of its scale.
function piece(classes, from, minutes, scale, label) {
  const made = element('span', { class: 'piece ' + classes, title: label });
  made.style.left = (from / scale) * 100 + '%';
  made.style.width = (minutes / scale) * 100 + '%';
  return made;
}

const entryName = (entry) => [entry.customer, entry.project, entry.task].filter(Boolean).join(' · ');

// Above: booked time. Below: the target, then the deductions from the schedule, in the color of their kind.
function track(day, sources, scale) {
  const bars = [];
  let at = 0;
  for (const entry of day.entries) {
    bars.push(piece('entry', at, entry.minutes, scale, clock(entry.minutes) + ' ' + entryName(entry)));
    at += entry.minutes;
  }
  const target = day.target_minutes || 0;
  const bands = target > 0 ? [piece('due', 0, target, scale, say('target') + ' ' + clock(target))] : [];
  at = target;
  for (const reduction of day.reductions.filter((one) => one.minutes > 0)) {
    const shown = shownOn(day, sources)[
      reduction.cause === 'public_holiday' ? reduction.index : day.holidays.length + reduction.index
    ];
    bands.push(
      piece(
        'band swatch ' + shown.kind,
        at,
        reduction.minutes,
        scale,
        '−' + clock(reduction.minutes) + ' ' + termOf(reduction, day, sources),
      ),
    );
    at += reduction.minutes;
  }
  const made = element(
    'div',
    {
      class: 'track',
      role: 'img',
      'data-date': day.date,
      tabindex: 0,
      'aria-label':
        dayInWords(day.date) +
        ': ' +
        say('booked') +
        ' ' +
        clock(day.booked_minutes) +
        ', ' +
        say('target') +
        ' ' +
        clock(day.target_minutes),
    },
    element('div', { class: 'row' }, ...bars),
    element('div', { class: 'row' }, ...bands),
  );
  tellAbout(made, day, sources);
  return made;
}

const scaleOf = (days) =>
  Math.max(60, ...days.map((day) => Math.max(day.scheduled_minutes || 0, day.booked_minutes)));

function reductionsText(minutesByName) {
  return [...minutesByName].map(([name, minutes]) =>
    element('div', { class: 'takes' }, '−' + clock(minutes) + ' ' + name),
  );
}

function takenOn(days, sources) {
  const taken = new Map();
  for (const day of days) {
    for (const reduction of day.reductions.filter((one) => one.minutes > 0)) {
      const name = termOf(reduction, day, sources);
      taken.set(name, (taken.get(name) || 0) + reduction.minutes);
    }
  }
  return taken;
}

// Future target hours do not lower the balance.
const isAhead = (day) => day.date > state.today;

// The days of a row of sums.
const daysOf = (name, days) =>
  days.filter(
    (day) => (isAhead(day) ? 'ahead' : day.date === state.today ? 'today' : 'to_yesterday') === name,
  );

function dayRow(day, sources, scale) {
  const marks = shownOn(day, sources).map(markOf);
  return element(
    'tr',
    { class: day.date === state.today ? 'today' : '' },
    element('th', { scope: 'row' }, inWords(day.date, { weekday: 'short', day: 'numeric', month: 'short' })),
    element('td', { class: 'wide' }, track(day, sources, scale)),
    element('td', { class: 'number' }, clock(day.target_minutes) + (day.scheduled_is_estimate ? ' ~' : '')),
    element('td', { class: 'number' }, clock(day.booked_minutes)),
    element('td', { class: 'number' }, isAhead(day) ? '' : signed(day.balance_minutes)),
    element('td', {}, ...marks, ...reductionsText(takenOn([day], sources))),
  );
}

function table(reply, withSum) {
  const foot = totalRows(reply.totals).map(({ name, label, cells, leftOut }) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, label),
      element('td', {}),
      ...cells,
      element(
        'td',
        {},
        ...leftOut.map(hint),
        ...reductionsText(takenOn(daysOf(name, reply.days), reply.sources)),
      ),
    ),
  );
  return columnsTable(
    [
      columnHeading(say('day')),
      columnHeading(say('booked') + ' / ' + say('target')),
      ...['target', 'booked', 'difference'].map((key) => numberHeading(say(key))),
      columnHeading(say('takes')),
    ],
    reply.days.map((day) => dayRow(day, reply.sources, scaleOf(reply.days))),
    { foot: withSum ? foot : [] },
  );
}

function entryTable(day) {
  if (day.booked_minutes === null) return hint(say('bookedUnknown'));
  if (!day.entries.length) return hint(say('noEntries'));
  const most = Math.max(...day.entries.map((entry) => entry.minutes));
  const rows = day.entries.map((entry) =>
    element(
      'tr',
      {},
      element('td', {}, entryName(entry), entry.description ? hint(entry.description) : null),
      element(
        'td',
        { class: 'wide' },
        element(
          'div',
          { class: 'track one' },
          element('div', { class: 'row' }, piece('entry', 0, entry.minutes, most, '')),
        ),
      ),
      element('td', { class: 'number' }, clock(entry.minutes)),
    ),
  );
  return columnsTable(
    [columnHeading(say('what')), columnHeading(say('booked')), numberHeading(say('howLong'))],
    rows,
    { classes: 'days entries' },
  );
}

export async function timelineView(call) {
  const isWeek = state.timelineMode === 'week';
  const from = isWeek ? mondayOf(state.day) : state.day;
  const to = isWeek ? addDays(from, 6) : from;
  const step = isWeek ? 7 : 1;
  const reply = await run(['timeline', '--from', from, '--to', to], call);
  showBanner(reply);
  return [
    welcome(),
    element(
      'div',
      { class: 'bar' },
      mover('before', () => addDays(state.day, -step)),
      mover('today', () => state.today),
      mover('after', () => addDays(state.day, step)),
      element(
        'h2',
        {},
        isWeek
          ? inWords(from, { dateStyle: 'long' }) + ' – ' + inWords(to, { dateStyle: 'long' })
          : dayInWords(from),
      ),
      modes(['week', 'day'], state.timelineMode, (mode) => {
        state.timelineMode = mode;
      }),
    ),
    table(reply, isWeek),
    isWeek ? null : entryTable(reply.days[0]),
    ...gapsIn(reply.days),
    ageOf(reply),
  ].filter(Boolean);
}
