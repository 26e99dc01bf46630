// Notices for the user: progress, stale data, failures, and the time of the next attempt.
import { timeInWords } from './dates.js';
import { element } from './elements.js';
import { say } from './words.js';

let about = ''; // the current step

// {step}, {doing}, or null when all is done. It becomes visible after a moment (page.css).
export function announce(event) {
  const place = document.getElementById('progress');
  if (event?.step) {
    about = event.step.source + ': ' + say(event.step.part);
    if (event.step.state !== 'began') return;
  }
  if (!event) {
    place.replaceChildren();
    return;
  }
  const text = event.step ? about : about + ' – ' + event.doing;
  const bar = element('progress', {
    max: 1000,
    value: event.step ? null : event.permille,
    'aria-label': text,
  });
  place.replaceChildren(element('span', {}, text + ' … '), bar);
}

let syncFailure = null; // the failure of the last sync, until the next one

export function rememberFailure(error) {
  syncFailure = error;
}

let shownView = {};

// view: the age of the data, as a command reports it, {stale_since, notices}.
export function showBanner(view) {
  shownView = view;
  const lines = [];
  if (view.stale_since) lines.push(say('stale', { time: timeInWords(view.stale_since) }));
  lines.push(...(view.notices || []));
  const failed = syncFailure?.message.split('\n') || [];
  // A view's notice repeats the failure of the last sync.
  lines.push(
    ...failed.filter((line) => !lines.some((other) => other.includes(line.replace(/^[^:]*: /, '')))),
  );
  const wait = secondsToWait();
  const banner = document.getElementById('banner');
  banner.replaceChildren(
    ...lines.map((line) => element('p', {}, line)),
    ...(wait > 0 ? [element('p', { class: 'countdown', 'aria-live': 'off' }, countdownText(wait))] : []),
  );
  banner.hidden = !banner.childElementCount;
}

export const redrawBanner = () => showBanner(shownView);

// ---- a service that asks to slow down ----

let waitUntil = 0;

export const mustWait = () => secondsToWait() > 0;
const secondsToWait = () => Math.ceil((waitUntil - Date.now()) / 1000);
const countdownText = (seconds) =>
  say('again', { t: Math.floor(seconds / 60) + ':' + String(seconds % 60).padStart(2, '0') });

// Counts down in the banner, then calls done().
export function waitFor(milliseconds, done) {
  waitUntil = Date.now() + milliseconds;
  const timer = setInterval(() => {
    const seconds = secondsToWait();
    const place = document.querySelector('.countdown');
    if (seconds > 0) {
      if (place) place.textContent = countdownText(seconds);
      return;
    }
    clearInterval(timer);
    redrawBanner();
    done();
  }, 250);
  redrawBanner();
}
