// The tooltip of a day: for mouse and keyboard, closed with Escape.
import { dayInWords, detailsOf } from './days.js';
import { element } from './elements.js';

const contents = new WeakMap(); // of elements with data-date
const tip = document.getElementById('tip');

export function tellAbout(target, day, sources) {
  contents.set(target, () => [element('strong', {}, dayInWords(day.date)), ...detailsOf(day, sources)]);
  target.setAttribute('aria-describedby', 'tip');
}

function showFor(target) {
  tip.replaceChildren(...contents.get(target)());
  tip.hidden = false;
  const place = target.getBoundingClientRect();
  const left = Math.max(8, Math.min(place.left, document.documentElement.clientWidth - tip.offsetWidth - 8));
  const below = place.bottom + 6 + tip.offsetHeight < innerHeight;
  tip.style.left = left + scrollX + 'px';
  tip.style.top = (below ? place.bottom + 6 : Math.max(0, place.top - tip.offsetHeight - 6)) + scrollY + 'px';
}

export function hideTip() {
  tip.hidden = true;
}

function about(event) {
  const target = event.target.closest?.('[data-date]');
  if (target && contents.has(target)) showFor(target);
  else hideTip();
}

// Scrolling under a resting mouse does not open the tooltip.
let lastPlace = '';
document.addEventListener('mouseover', (event) => {
  const place = event.screenX + ' ' + event.screenY;
  if (place !== lastPlace) about(event);
  lastPlace = place;
});
document.addEventListener('focusin', about);
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') hideTip();
});
