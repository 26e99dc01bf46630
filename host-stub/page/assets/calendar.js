// The calendar: a month or a year, and the remaining leave.
import { addDays, addMonths, inWords, mondayOf, timeInWords, weekdayOf } from './dates.js';
import { dayInWords, detailsOf, legend, markOf, nameOf, shownOn, swatch } from './days.js';
import {
  ask,
  button,
  card,
  columnHeading,
  columnsTable,
  element,
  failureBox,
  hint,
  numberHeading,
  saveFile,
} from './elements.js';
import { run } from './host.js';
import { ageOf, modes, mover, welcome } from './moving.js';
import { showBanner } from './notices.js';
import { show } from './showing.js';
import { locale, state } from './state.js';
import { tellAbout } from './tip.js';
import { gapsIn, totalsTable } from './totals.js';
import { say } from './words.js';

const openDay = (day, sources) => ask(dayInWords(day.date), detailsOf(day, sources), [[say('close'), '']]);

// The button of a day: its number, its contents for screen readers, a tooltip, a dialog.
function dayButton(day, sources) {
  const made = element(
    'button',
    {
      type: 'button',
      'data-date': day.date,
      onclick: () => openDay(day, sources),
      'aria-label': [dayInWords(day.date), ...shownOn(day, sources).map(nameOf)].join(', '),
    },
    element('span', { class: 'date' }, inWords(day.date, { day: 'numeric' })),
  );
  tellAbout(made, day, sources);
  return made;
}

function cellOf(day, sources, content) {
  if (!day) return element('td', {});
  const classes = [day.target_minutes === 0 ? 'free' : '', day.date === state.today ? 'today' : '']
    .join(' ')
    .trim();
  return element(
    'td',
    { class: classes, 'aria-current': day.date === state.today ? 'date' : null },
    dayButton(day, sources),
    ...content(shownOn(day, sources)),
  );
}

// Weeks from Monday. content(shown) fills a cell beside the day's button.
function monthTable(days, sources, weekday, content) {
  const heads = Array.from({ length: 7 }, (_, index) => addDays(mondayOf(days[0].date), index));
  const cells = [...Array(weekdayOf(days[0].date)).fill(null), ...days];
  while (cells.length % 7) cells.push(null);
  const rows = Array.from({ length: cells.length / 7 }, (_, row) =>
    element('tr', {}, ...cells.slice(row * 7, row * 7 + 7).map((day) => cellOf(day, sources, content))),
  );
  return element(
    'table',
    { class: 'month' },
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        ...heads.map((day) =>
          element('th', { scope: 'col', abbr: inWords(day, { weekday: 'long' }) }, inWords(day, { weekday })),
        ),
      ),
    ),
    element('tbody', {}, ...rows),
  );
}

async function monthView(call) {
  const month = state.day.slice(0, 7);
  const reply = await run(['calendar', '--month', month], call);
  return {
    reply,
    title: inWords(month + '-01', { month: 'long', year: 'numeric' }),
    content: element(
      'div',
      { class: 'scroll' },
      monthTable(reply.days, reply.sources, 'short', (shown) => shown.map(markOf)),
    ),
  };
}

async function yearView(call) {
  const year = state.day.slice(0, 4);
  const reply = await run(['timeline', '--from', year + '-01-01', '--to', year + '-12-31'], call);
  const months = Array.from({ length: 12 }, (_, index) =>
    reply.days.filter((day) => Number(day.date.slice(5, 7)) === index + 1),
  );
  const small = (shown) =>
    shown.length ? [element('span', { class: 'strip' }, ...shown.slice(0, 2).map(swatch))] : [];
  return {
    reply,
    title: year,
    content: element(
      'div',
      { class: 'year' },
      ...months.map((days) =>
        element(
          'section',
          {},
          element('h3', {}, inWords(days[0].date, { month: 'long' })),
          monthTable(days, reply.sources, 'narrow', small),
        ),
      ),
    ),
  };
}

function amount(value, unit) {
  return value === null
    ? say('unknown')
    : value.toLocaleString(locale(), { maximumFractionDigits: 2 }) + ' ' + say(unit);
}

// Personio reports the available balance and the balance before planned absences; the difference is planned. It does not report taken days.
function balanceRow(balance) {
  const planned =
    balance.available === null || balance.current === null
      ? null
      : Math.round((balance.current - balance.available) * 100) / 100;
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, balance.label),
    ...[balance.available, planned, null].map((value) =>
      element('td', { class: 'number' }, amount(value, balance.unit)),
    ),
  );
}

async function balanceCard(call) {
  let reply;
  try {
    reply = await run(['balance'], call);
  } catch (error) {
    return error.status === 'not_connected' ? null : card(say('balance'), failureBox(error));
  }
  if (!reply.balances.length) return null;
  return card(
    say('balance'),
    columnsTable(
      [
        columnHeading(say('type')),
        ...['available', 'plannedDays', 'taken'].map((key) => numberHeading(say(key))),
      ],
      reply.balances.map(balanceRow),
    ),
    hint(say('asOf', { time: timeInWords(reply.balances[0].as_of) }) + '. ' + say('expiry')),
  );
}

async function saveIcs() {
  const range =
    state.calendarMode === 'month'
      ? ['--month', state.day.slice(0, 7)]
      : ['--from', state.day.slice(0, 4) + '-01-01', '--to', state.day.slice(0, 4) + '-12-31'];
  const text = await run(['calendar', '--ics', ...range, ...(state.hidesSickness ? ['--absent'] : [])]);
  saveFile('absences-' + range[1].slice(0, 7) + '.ics', 'text/calendar', text);
}

export async function calendarView(call) {
  const step = state.calendarMode === 'month' ? 1 : 12;
  const balance = balanceCard(call);
  const { reply, title, content } = await (state.calendarMode === 'month' ? monthView(call) : yearView(call));
  showBanner(reply);
  return [
    welcome(),
    element(
      'div',
      { class: 'bar' },
      mover('before', () => addMonths(state.day, -step)),
      mover('today', () => state.today),
      mover('after', () => addMonths(state.day, step)),
      element('h2', {}, title),
      modes(['month', 'year'], state.calendarMode, (mode) => {
        state.calendarMode = mode;
      }),
      button(say('ics'), () => saveIcs().catch((error) => showBanner({ notices: [error.message] }))),
    ),
    content,
    legend(),
    ...gapsIn(reply.days),
    totalsTable(reply.totals),
    ageOf(reply),
    await balance,
  ].filter(Boolean);
}

// Arrow keys move between days, also across months.
document.addEventListener('keydown', async (event) => {
  const from = event.target.closest?.('.month [data-date]');
  const count = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[event.key];
  if (!from || !count) return;
  event.preventDefault();
  const wanted = addDays(from.dataset.date, count);
  const find = () => document.querySelector('.month [data-date="' + wanted + '"]');
  if (!find()) {
    state.day = wanted;
    await show();
  }
  find()?.focus();
});
