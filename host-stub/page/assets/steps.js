// The steps of connecting: those of the host, and below them those that the provider reports. A step gets a check mark
// when it succeeds, and a cross when it fails.
import { element } from './elements.js';
import { say } from './words.js';

const signs = { began: '…', done: '✓', failed: '✗' };

export class StepList {
  constructor() {
    this.list = element('ol', {});
    this.shown = element('div', { class: 'steps', role: 'status' }, this.list);
  }

  // {step} or {doing}, as the host reports them.
  take(event) {
    if (event.step) this.takeStep(event.step);
    else this.takeDoing(event.doing);
  }

  // A permanent copy of the steps.
  startAgain() {
    this.list.replaceChildren();
    this.current = null;
  }

  takeStep(step) {
    if (step.state === 'began') {
      this.current = this.line(this.list, step.source + ': ' + say(step.part));
      this.inner = null;
      return;
    }
    if (this.inner) this.mark(this.inner, step.state);
    this.mark(this.current, step.state);
    if (step.problem) this.current.append(element('p', { class: 'hint' }, step.problem));
  }

  takeDoing(text) {
    if (!this.current || this.inner?.dataset.text === text) return;
    if (this.inner) this.mark(this.inner, 'done');
    let place = this.current.querySelector('ul');
    if (!place) this.current.append((place = element('ul', {})));
    this.inner = this.line(place, text);
  }

  line(place, text) {
    const made = element('li', { 'data-text': text }, element('span', { class: 'sign' }, ''), ' ' + text);
    place.append(made);
    this.mark(made, 'began');
    return made;
  }

  mark(line, state) {
    line.dataset.state = state;
    line.querySelector('.sign').textContent = signs[state];
  }
}
