// Syncing: manually, and at intervals.
import { run } from './host.js';
import { announce, mustWait, redrawBanner, rememberFailure, waitFor } from './notices.js';
import { show } from './showing.js';
import { choose, state } from './state.js';
import { say } from './words.js';

const button = document.getElementById('sync');
let timer = null;
let isBusy = false;

export function drawSync() {
  button.textContent = say(isBusy ? 'working' : 'sync');
  button.disabled = isBusy || mustWait();
}

// by_timer: not requested by the user, so a missing connection is not reported, and no form is replaced.
export async function sync({ by_timer = false } = {}) {
  if (isBusy || mustWait()) return;
  isBusy = true;
  drawSync();
  const failure = await run(['sync'], { watch: announce }).then(
    () => null,
    (error) => error,
  );
  announce(null);
  isBusy = false;
  rememberFailure(by_timer && failure?.status === 'not_connected' ? null : failure);
  if (failure?.retry_after_ms > 0) {
    waitFor(failure.retry_after_ms, () => {
      rememberFailure(null);
      drawSync();
      if (state.refreshMinutes) sync({ by_timer: true });
      else redrawBanner();
    });
  }
  drawSync();
  if (['calendar', 'timeline'].includes(state.tab) || !by_timer) await show();
  else redrawBanner();
}

// minutes: 0 is off.
export function refreshEvery(minutes) {
  state.refreshMinutes = minutes;
  choose('refresh', String(minutes));
  clearInterval(timer);
  if (minutes) timer = setInterval(() => sync({ by_timer: true }), minutes * 60000);
}

button.addEventListener('click', () => sync());
