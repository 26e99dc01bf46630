// The connection to the host: one call, which runs a command like the command line does.
import { takeToday } from './today.js';
import { say } from './words.js';

const token = takeToken();

// The token is in the link's fragment, which browsers do not send. It is removed from the address bar at once.
function takeToken() {
  const given = location.hash.slice(1);
  if (given) {
    sessionStorage.setItem('token', given);
    history.replaceState(null, '', '/');
  }
  return sessionStorage.getItem('token') || '';
}

// Calls take(line) for each line of the text as it arrives.
async function readLines(body, take) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (rest + value).split('\n');
    rest = lines.pop();
    lines.forEach(take);
  }
}

// Runs a command of the host and resolves with its output. watch(event) receives {step} and {doing} meanwhile;
// signal cancels. Rejects with the host's error, {status, message, setting, retry_after_ms}, or {gone: true, message}.
export async function run(words, { secrets = {}, watch = () => {}, signal } = {}) {
  let answer;
  try {
    const response = await fetch('/api/run', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Roots-Token': token },
      body: JSON.stringify({ words, secrets }),
      signal,
    });
    if (!response.ok) throw { message: await response.text() };
    await readLines(response.body, (line) => {
      const event = JSON.parse(line);
      if ('exit_code' in event) answer = event;
      else watch(event);
    });
  } catch (problem) {
    if (problem instanceof Error) throw { gone: true, message: say('gone') };
    throw problem;
  }
  if (!answer) throw { gone: true, message: say('gone') };
  if (answer.reply && answer.reply.error) throw answer.reply.error;
  if (answer.exit_code !== 0) throw { message: answer.notes || answer.text };
  takeToday(answer.reply?.today);
  return answer.reply === undefined ? answer.text : answer.reply;
}
