// Calendar days are texts like "2026-07-14"; no time zone affects them.
import { locale } from './state.js';

const noonOf = (text) => new Date(text + 'T12:00:00Z');
const textOf = (date) => date.toISOString().slice(0, 10);

export const weekdayOf = (text) => (noonOf(text).getUTCDay() + 6) % 7; // Monday is 0
export const addDays = (text, count) => textOf(new Date(noonOf(text).getTime() + count * 86400000));
export const mondayOf = (text) => addDays(text, -weekdayOf(text));
export const inWords = (text, options) =>
  noonOf(text).toLocaleDateString(locale(), { timeZone: 'UTC', ...options });

// The first day of the month that is this number of months later.
export function addMonths(text, count) {
  const date = noonOf(text.slice(0, 7) + '-01');
  date.setUTCMonth(date.getUTCMonth() + count);
  return textOf(date);
}

// moment: "2026-11-24T09:30:00Z", or a local time as "2026-11-24 10:30"
export const timeInWords = (moment) =>
  new Date(moment.replace(' ', 'T')).toLocaleString(locale(), { dateStyle: 'medium', timeStyle: 'short' });

// 450 -> "7:30"; an unknown value is a dash
export function clock(minutes) {
  if (minutes === null || minutes === undefined) return '–';
  const size = Math.abs(minutes);
  return (minutes < 0 ? '−' : '') + Math.floor(size / 60) + ':' + String(size % 60).padStart(2, '0');
}

// 90 -> "+1:30"
export const signed = (minutes) => (minutes > 0 ? '+' : '') + clock(minutes);
