/**
 * panel.js: the panel of lessons: which lesson is open, and what the reader's actions do to it.
 *
 * What the panel shows is in panel-view.js. It reaches the page only through its host (host.js).
 */
import { LESSONS } from './lessons.js';
import { createPanelView } from './panel-view.js';
import { isMade, startPrediction } from './prediction.js';

/** @param {import('./host.js').Host} host */
export function createPanel(host) {
  const section = host.find('#lessons');
  const opener = host.find('#lessons-open');
  /** @type {import('./panel-view.js').Shown} */
  const shown = { listed: false, lesson: undefined, prediction: startPrediction() };

  /** @type {import('./view.js').Actions} */
  const actions = {
    open(id) {
      shown.listed = false;
      const again = id === shown.lesson?.id;
      if (again) restart();
      host.open(id);
      if (again) build(); // no other lesson came, so nothing else takes the list off the screen
      view.focusTitle();
    },
    openList: () => showList(true),
    closeList() {
      showList(false);
      opener.focus();
    },
    closeLesson() {
      host.change({ lesson: 'none' }); // the rest of the state stays as the lesson left it
      opener.focus();
    },
    choose(choice) {
      shown.prediction.choice = choice;
    },
    focusSketch: () => view.focusSketch(),
    reveal() {
      if (!shown.lesson || !isMade(shown.lesson, shown.prediction)) return false;
      shown.prediction.revealed = true;
      if (shown.lesson.steps) host.trainTo(shown.lesson.steps);
      build();
      view.focusFindings();
      return true;
    },
    predictAgain() {
      restart();
      build();
      view.focusTitle();
    },
    restore() {
      if (shown.lesson) host.open(shown.lesson.id);
    },
    say: host.say,
  };
  const view = createPanelView(host, section, shown, actions);

  function restart() {
    shown.prediction = startPrediction();
    view.restart();
  }

  function build() {
    view.build();
    opener.setAttribute('aria-expanded', String(!section.hidden));
  }

  /** @param {boolean} listed */
  function showList(listed) {
    shown.listed = listed;
    build();
    if (listed) view.focusTitle();
  }

  section.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    if (shown.listed) actions.closeList();
    else actions.closeLesson();
  });

  return {
    /** Opens the list of lessons, or closes it. */
    toggle: () => showList(!shown.listed),

    /** Follows a change of the state, the reply or the language. */
    update() {
      const { lesson: id } = host.state();
      const next = LESSONS.find((row) => row.id === id);
      if (next !== shown.lesson) {
        Object.assign(shown, { lesson: next, listed: false });
        restart();
        build();
      } else if (view.isOutdated()) build();
      else view.refresh();
    },

    spoken: view.spoken,
    sketched: view.sketched,
  };
}
