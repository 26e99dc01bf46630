// Weekly hours and absences by hand; while a provider decides on them, they can be seen and not changed.
import { addDays, clock, inWords } from './dates.js';
import { kinds, nameOf, shownOn } from './days.js';
import { button, card, choice, element, failureBox, formOf, labelled, textField } from './elements.js';
import { run } from './host.js';
import { showBanner } from './notices.js';
import { show } from './showing.js';
import { say } from './words.js';

export const weekdays = () => Array.from({ length: 7 }, (_, index) => inWords(addDays('2026-01-05', index), { weekday: 'short' }));

function hoursCard(settings, lock) {
  const names = weekdays();
  const fields = settings.weekday_minutes.map((minutes, index) =>
    element('label', {}, names[index], element('input', { name: 'day' + index, value: clock(minutes), disabled: !!lock, inputmode: 'decimal' })));
  const save = async (data) => {
    await run(['settings', 'set', 'weekday-hours', names.map((_, index) => data.get('day' + index)).join(' ')]);
    await show();
  };
  return card(say('weekly'), formOf([element('div', { class: 'week' }, ...fields)], say('save'), save, lock));
}

function absenceText(absence) {
  const day = { holidays: [], absences: [{ ...absence, kind: absence.type, label: absence.note || '', effect: 'time_off', source: 'manual' }] };
  return absence.from + (absence.to === absence.from ? '' : ' – ' + absence.to) + ', ' + nameOf(shownOn(day, {})[0]);
}

function absenceItem(absence, lock) {
  const remove = button(say('remove'), () => run(['absences', 'remove', absence.id]).then(show, (error) => remove.after(failureBox(error))), { disabled: !!lock });
  return element('li', {}, absenceText(absence) + ' ', remove);
}

function absenceWords(data) {
  const words = ['absences', 'add', '--from', data.get('from'), '--to', data.get('to') || data.get('from'), '--type', data.get('type')];
  if (data.get('extent') !== 'whole_day') words.push('--half', data.get('extent').split('_')[0]);
  if (data.get('note')) words.push('--note', data.get('note'));
  return words;
}

function absencesCard(manual, lock) {
  const disabled = !!lock;
  const form = formOf([
    textField('from', say('from'), { type: 'date', disabled }), textField('to', say('to'), { type: 'date', disabled }),
    labelled(say('type'), choice('type', kinds, { disabled })), labelled(say('extent'), choice('extent', ['whole_day', 'first_half', 'second_half'], { disabled })),
    textField('note', say('note'), { disabled }),
  ], say('add'), async (data) => { await run(absenceWords(data)); await show(); }, lock);
  const items = manual.absences.map((absence) => absenceItem(absence, lock));
  return card(say('byHand'), items.length ? element('ul', {}, ...items) : element('p', {}, say('none')), form);
}

export async function settingsView(call) {
  const [settings, manual] = await Promise.all([run(['settings', 'show'], call), run(['absences', 'list'], call)]);
  showBanner({});
  const lockOn = (name) => settings.locks.find((lock) => lock.setting === name);
  return [hoursCard(settings, lockOn('weekday_hours')), absencesCard(manual, lockOn('absences'))];
}
