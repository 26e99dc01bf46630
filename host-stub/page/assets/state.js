// The user's choices. The browser stores language, privacy, and refresh, and nothing else.
function kept(name, usual) {
  return localStorage.getItem(name) ?? usual;
}

export const state = {
  tab: 'calendar',
  calendarMode: 'month', // or 'year'
  timelineMode: 'week', // or 'day'
  connectionTab: null, // 'plugins', 'moco' or a plugin's id
  today: null, // where the person works, from the host: "2026-07-14"
  day: null, // the day that calendar and timeline show
  anythingConnected: true,
  language: kept('language', navigator.language.startsWith('de') ? 'de' : 'en'),
  hidesSickness: kept('private', 'no') === 'yes',
  refreshMinutes: Number(kept('refresh', '0')) || 0,
};

// The user's date format, if it fits the language.
export const locale = () =>
  navigator.language.startsWith(state.language) ? navigator.language : state.language;

export function choose(name, value) {
  localStorage.setItem(name, value);
}
