// Buttons that run a command and show the view again.
import { button, failureBox } from './elements.js';
import { run } from './host.js';
import { show } from './showing.js';

export function actionButton(
  label,
  words,
  after = () => {},
  failed = (error, made) => made.after(failureBox(error)),
) {
  const made = button(label, () => {
    made.disabled = true;
    run(words).then(
      () => {
        after();
        return show();
      },
      (error) => {
        made.disabled = false;
        return failed(error, made);
      },
    );
  });
  return made;
}
