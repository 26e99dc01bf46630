// Weekly hours and absences by hand; read-only while a provider determines them.
import { addDays, clock, inWords } from './dates.js';
import { kinds, nameOf, shownOn } from './days.js';
import { button, card, choice, element, failureBox, formOf, labelled, textField } from './elements.js';
import { run } from './host.js';
import { showBanner } from './notices.js';
import { show } from './showing.js';
import { say } from './words.js';

const weekdays = () =>
  Array.from({ length: 7 }, (_, index) => inWords(addDays('2026-01-05', index), { weekday: 'short' }));

export function weekTable(minutes) {
  if (!minutes) return element('p', {}, say('unknown'));
  return element(
    'div',
    { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': say('weekly') },
    element(
      'table',
      { class: 'days' },
      element(
        'tbody',
        {},
        element(
          'tr',
          {},
          ...weekdays().map((name) => element('th', { scope: 'col', class: 'number' }, name)),
        ),
        element('tr', {}, ...minutes.map((one) => element('td', { class: 'number' }, clock(one)))),
      ),
    ),
  );
}

// The form always contains the user's own hours; those of a provider are shown beside it.
function hoursCard(settings, lock) {
  const names = weekdays();
  const own = settings.manual_weekday_minutes; // null: unknown, so the fields are empty
  const fields = names.map((name, index) =>
    element(
      'label',
      {},
      name,
      element('input', {
        name: 'day' + index,
        value: own ? clock(own[index]) : '',
        disabled: !!lock,
        inputmode: 'decimal',
      }),
    ),
  );
  const save = async (data) => {
    await run([
      'settings',
      'set',
      'weekday-hours',
      names.map((_, index) => data.get('day' + index)).join(' '),
    ]);
    await show();
  };
  const isOthers = settings.weekday_minutes_source !== 'manual';
  return card(
    say('weekly'),
    isOthers ? element('p', {}, say('hoursInForce', { name: settings.weekday_minutes_source_name })) : null,
    isOthers ? weekTable(settings.weekday_minutes) : null,
    isOthers ? element('p', {}, say('ownHours')) : null,
    formOf([element('div', { class: 'week' }, ...fields)], say('save'), save, lock),
  );
}

function absenceText(absence) {
  const day = {
    holidays: [],
    absences: [{ ...absence, label: absence.note || '', effect: 'time_off', source: 'manual' }],
  };
  return (
    absence.from +
    (absence.to === absence.from ? '' : ' – ' + absence.to) +
    ', ' +
    nameOf(shownOn(day, {})[0])
  );
}

function absenceItem(absence, lock) {
  const remove = button(
    say('remove'),
    () => run(['absences', 'remove', absence.id]).then(show, (error) => remove.after(failureBox(error))),
    { disabled: !!lock },
  );
  return element('li', {}, absenceText(absence) + ' ', remove);
}

function absenceWords(data) {
  const words = [
    'absences',
    'add',
    '--from',
    data.get('from'),
    '--to',
    data.get('to') || data.get('from'),
    '--type',
    data.get('type'),
  ];
  if (data.get('extent') !== 'whole_day') words.push('--half', data.get('extent').split('_')[0]);
  if (data.get('note')) words.push('--note', data.get('note'));
  return words;
}

function absencesCard(manual, lock) {
  const disabled = !!lock;
  const form = formOf(
    [
      textField('from', say('from'), { type: 'date', disabled }),
      textField('to', say('to'), { type: 'date', disabled }),
      labelled(say('type'), choice('type', kinds, { disabled })),
      labelled(say('extent'), choice('extent', ['whole_day', 'first_half', 'second_half'], { disabled })),
      textField('note', say('note'), { disabled }),
    ],
    say('add'),
    async (data) => {
      await run(absenceWords(data));
      await show();
    },
    lock,
  );
  const items = manual.absences.map((absence) => absenceItem(absence, lock));
  if (!manual.absences_known) items.push(element('li', {}, say('manualUnknown')));
  return card(
    say('byHand'),
    items.length ? element('ul', {}, ...items) : element('p', {}, say('none')),
    form,
  );
}

export async function settingsView(call) {
  const [settings, manual] = await Promise.all([
    run(['settings', 'show'], call),
    run(['absences', 'list'], call),
  ]);
  showBanner({});
  const lockOn = (name) => settings.locks.find((lock) => lock.setting === name);
  return [hoursCard(settings, lockOn('weekday_hours')), absencesCard(manual, lockOn('absences'))];
}
