// The keyboard: `/` search, j and k move, Enter opens (the row's link has the focus), x selects, e
// goes to the first field of the step, f widens, ? helps; a control's own key stands in data-key.
// Letters rest while somebody types.
const typing = (element) =>
  element.isContentEditable || element.matches('textarea, select, input:not([type=checkbox], [type=radio], [type=file])');

const rows = () => [...document.querySelectorAll('[data-rows] [data-row]')].filter((row) => row.offsetParent);
const linkOf = (row) => row.querySelector('.row-link, .list-link');

function move(by) {
  const all = rows();
  if (!all.length) return;
  let at = all.findIndex((row) => row.contains(document.activeElement));
  if (at < 0) at = all.findIndex((row) => row.classList.contains('is-at'));
  if (at < 0) at = all.findIndex((row) => row.classList.contains('is-current'));
  const next = all[Math.min(all.length - 1, Math.max(0, at + by))] ?? all[0];
  for (const row of all) row.classList.toggle('is-at', row === next);
  linkOf(next)?.focus();
  next.scrollIntoView({block: 'nearest'});
}

function select() {
  const row = document.querySelector('[data-row].is-at') ?? document.activeElement.closest('[data-row]');
  row?.querySelector('[data-row-select]')?.click();
}

function press(key) {
  const control = [...document.querySelectorAll(`[data-key="${key}"]`)].find((one) => one.offsetParent);
  control?.click();
  return Boolean(control);
}

const kFields = 'input:not([type=hidden]), textarea, select, button.btn-main';

// A phone shows the step on a page of its own.
function toStep() {
  const step = document.getElementById('step');
  if (!step) return;
  if (!step.offsetParent) location.hash = 'side';
  [...step.querySelectorAll(kFields)].find((one) => one.offsetParent)?.focus();
}

document.addEventListener('click', (event) => {
  if (!event.target.closest('[data-to-step]')) return;
  event.preventDefault();
  toStep();
});

const acts = {
  '/': () => {
    const search = document.querySelector('[data-search]');
    search?.focus();
    search?.select();
  },
  j: () => move(1),
  k: () => move(-1),
  x: select,
  e: toStep,
  f: () => document.querySelector('[data-wide]:not([hidden])')?.click(),
  '?': () => document.getElementById('keys')?.showModal(),
};

document.addEventListener('keydown', (event) => {
  if (document.querySelector('dialog[open]') || event.metaKey) return;
  if (event.altKey) {
    // Alt and a digit chooses a ready phrase, while one writes too.
    if (/^Digit[1-9]$/.test(event.code) && press(event.code.slice(5))) event.preventDefault();
    return;
  }
  if (event.ctrlKey) {
    if (event.key === 'Enter' && press(event.shiftKey ? 'ctrl+shift+enter' : 'ctrl+enter')) event.preventDefault();
    return;
  }
  if (event.key === 'Escape' && typing(event.target)) return event.target.blur();
  if (typing(event.target) || event.isComposing) return;
  const act = acts[event.key];
  if (act) {
    event.preventDefault();
    act();
  } else if (/^[a-z1-9]$/.test(event.key) && press(event.key)) {
    event.preventDefault();
  }
});
