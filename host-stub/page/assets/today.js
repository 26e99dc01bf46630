// The current day where the person works, from the host. It changes while the page is open.
import { state } from './state.js';

// A view of the former current day follows.
export function takeToday(told) {
  if (!told || told === state.today) return;
  if (state.day === state.today) state.day = told;
  state.today = told;
}

// Calls renew() after the date of this computer has changed, until it succeeds. After sleep, it checks when the page
// becomes visible.
export function watchDate(renew) {
  let seen = new Date().toDateString();
  const look = async () => {
    const now = new Date().toDateString();
    if (now !== seen && (await renew())) seen = now;
  };
  setInterval(look, 20000);
  document.addEventListener('visibilitychange', look);
}
