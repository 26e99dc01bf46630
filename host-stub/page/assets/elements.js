// Building blocks of the page. Text is always set as text, and goes through shown().
import { say } from './words.js';

// Invisible characters, characters that change the direction of the text, and joiners beside ASCII, where they have no
// visible effect. The same ones as in host-stub/text/visible_text.cpp.
const unseen = new RegExp(
  '[\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb' +
    '\\u{1bca0}-\\u{1bca3}\\u{1d173}-\\u{1d17a}\\u{e0000}-\\u{e007f}]|(?<![\\u0080-\\u{10ffff}])[\\u200c\\u200d]|[\\u200c\\u200d](?![\\u0080-\\u{10ffff}])',
  'gu',
);

function visible(character) {
  const code = character.codePointAt(0);
  if (character === '\n' || character === '\r' || character === '\t') return ' ';
  return code < 0x20 ? String.fromCodePoint(0x2400 + code) : '\ufffd';
}

// External text must pass through this function: invisible characters become visible signs.
export const shown = (text) => text.replace(unseen, visible);

const textAttributes = ['title', 'aria-label', 'abbr'];

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, '');
    else if (value !== false && value !== null && value !== undefined)
      made.setAttribute(key, textAttributes.includes(key) ? shown(String(value)) : value);
  }
  made.append(
    ...children
      .filter((child) => child !== null && child !== undefined)
      .map((child) => (child instanceof Node ? child : shown(String(child)))),
  );
  return made;
}

export const button = (label, onclick, attributes = {}) =>
  element('button', { type: 'button', onclick, ...attributes }, label);
export const card = (title, ...children) =>
  element('section', { class: 'card' }, element('h2', {}, title), ...children);
export const columnHeading = (text) => element('th', { scope: 'col' }, text);
export const numberHeading = (text) => element('th', { scope: 'col', class: 'number' }, text);

// A table that scrolls sideways if it is too wide. foot: rows of sums.
export const columnsTable = (headings, rows, { classes = 'days', foot = [] } = {}) =>
  element(
    'div',
    { class: 'scroll' },
    element(
      'table',
      { class: classes },
      element('thead', {}, element('tr', {}, ...headings)),
      element('tbody', {}, ...rows),
      foot.length ? element('tfoot', {}, ...foot) : null,
    ),
  );

export const hint = (text) => element('p', { class: 'hint' }, text);
export const failureBox = (error) =>
  element('p', { class: 'wrong', role: 'alert' }, error.message || String(error));

let fieldsMade = 0; // several forms can have a field of the same name

export function labelled(label, control, explanation = '') {
  control.id = 'field-' + ++fieldsMade;
  const about = explanation ? element('p', { class: 'hint', id: control.id + '-hint' }, explanation) : null;
  if (about) control.setAttribute('aria-describedby', about.id);
  return element('div', { class: 'field' }, element('label', { for: control.id }, label), control, about);
}

export const textField = (name, label, attributes = {}, explanation = '') =>
  labelled(label, element('input', { name, autocomplete: 'off', ...attributes }), explanation);

export const choice = (name, options, attributes = {}) =>
  element(
    'select',
    { name, ...attributes },
    ...options.map((value) => element('option', { value }, say(value))),
  );

// submit(data, place) performs the action of the form; place is for its intermediate output. A failure is shown beside
// the field that it concerns. locked: {provider_name, reason}.
export function formOf(fields, label, submit, locked) {
  const go = element('button', { type: 'submit', disabled: !!locked }, label);
  const place = element('div', {});
  const form = element(
    'form',
    { novalidate: true },
    ...fields,
    locked ? hint(locked.provider_name + ': ' + locked.reason) : null,
    place,
    element('p', {}, go),
  );
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    for (const old of form.querySelectorAll('[role=alert]')) old.remove();
    place.replaceChildren();
    go.disabled = true;
    try {
      await submit(new FormData(form), place);
    } catch (error) {
      const field = error.setting && form.querySelector('[name="' + CSS.escape(error.setting) + '"]');
      if (field?.closest('details')) field.closest('details').open = true;
      (field ? field.closest('.field') : place).append(failureBox(error));
      if (field) field.focus();
    }
    go.disabled = !!locked;
  });
  return form;
}

// Resolves with the value of the button that closed it; '' for Escape.
export function ask(title, content, buttons) {
  return new Promise((resolve) => {
    const dialog = element(
      'dialog',
      {
        'aria-label': title,
        onclose: () => {
          dialog.remove();
          resolve(dialog.returnValue);
        },
      },
      element('h2', {}, title),
      ...content,
      element(
        'p',
        { class: 'bar' },
        ...buttons.map(([label, value]) => button(label, () => dialog.close(value))),
      ),
    );
    document.body.append(dialog);
    dialog.showModal();
  });
}

export function saveFile(name, type, text) {
  const link = element('a', { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  link.click();
  URL.revokeObjectURL(link.href);
}
