// Sums over days: up to yesterday, today, and ahead. Unknown values are left out, and the page shows how many.
import { clock, signed } from './dates.js';
import { columnsTable, element, hint, numberHeading } from './elements.js';
import { say } from './words.js';

const number = (text) => element('td', { class: 'number' }, text);

// Why a sum can be too small. If all values are unknown, a dash shows it.
function leftOutOf(total) {
  const lines = [];
  if (total.booked_minutes !== null && total.days_without_booked)
    lines.push(say('daysWithoutBooked', { n: total.days_without_booked }));
  if (total.target_minutes !== null && total.days_without_target)
    lines.push(say('daysWithoutTarget', { n: total.days_without_target }));
  return lines;
}

// A row for each existing sum: {name, label, cells, leftOut}; cells are target, booked and balance.
export function totalRows(totals) {
  const isOver = !totals.today && !totals.ahead;
  const row = (name, label) => {
    const total = totals[name];
    return {
      name,
      label,
      cells: [clock(total.target_minutes), clock(total.booked_minutes), signed(total.balance_minutes)].map(
        number,
      ),
      leftOut: leftOutOf(total),
    };
  };
  const rows = [];
  if (totals.to_yesterday) rows.push(row('to_yesterday', say(isOver ? 'total' : 'toYesterday')));
  if (totals.today) rows.push(row('today', say('today')));
  if (totals.ahead) {
    const { target_minutes, booked_minutes } = totals.ahead; // future: no deficit, and no balance
    rows.push({
      name: 'ahead',
      label: say('ahead'),
      cells: [clock(target_minutes), booked_minutes ? clock(booked_minutes) : '', ''].map(number),
      leftOut: leftOutOf({ ...totals.ahead, booked_minutes: null }),
    });
  }
  return rows;
}

export function totalsTable(totals) {
  return columnsTable(
    [
      element('td', {}),
      ...['target', 'booked', 'difference'].map((key) => numberHeading(say(key))),
      element('td', {}),
    ],
    totalRows(totals).map(({ label, cells, leftOut }) =>
      element(
        'tr',
        {},
        element('th', { scope: 'row' }, label),
        ...cells,
        element('td', {}, ...leftOut.map(hint)),
      ),
    ),
    { classes: 'days totals' },
  );
}

// Days on which nothing is shown because the data is unknown.
export function gapsIn(days) {
  const count = (name) => days.filter((day) => !day[name]).length;
  return [
    ['absencesUnknown', count('absences_known')],
    ['holidaysUnknown', count('holidays_known')],
  ]
    .filter(([, n]) => n > 0)
    .map(([key, n]) => hint(say(key, { n })));
}
