// What the user chose to see. The browser keeps language, privacy and refresh; nothing else stays in it.
function kept(name, usual) {
  return localStorage.getItem(name) ?? usual;
}

export const state = {
  tab: 'calendar',
  calendarMode: 'month', // or 'year'
  timelineMode: 'week', // or 'day'
  connectionTab: null, // 'plugins', 'moco' or a plugin's id
  today: null, // where the person works, as the host says: "2026-07-14"
  day: null, // around which calendar and timeline are
  anythingConnected: true,
  language: kept('language', navigator.language.startsWith('de') ? 'de' : 'en'),
  hidesSickness: kept('private', 'no') === 'yes',
  refreshMinutes: Number(kept('refresh', '0')) || 0,
};

// Dates as they are written where the user is, as far as that goes with the language.
export const locale = () => (navigator.language.startsWith(state.language) ? navigator.language : state.language);

export function choose(name, value) {
  localStorage.setItem(name, value);
}
