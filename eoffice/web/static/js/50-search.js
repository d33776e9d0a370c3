// What the search box suggests while somebody types: an ARIA combobox. Arrows choose, Enter opens what
// is chosen (or searches), Escape closes. Without script the box searches all the same.
const kPause = 150;
const box = document.querySelector('[data-suggest]');
const list = document.getElementById('suggestions');
const said = document.getElementById('suggested');
const state = {timer: 0, request: null, at: -1};

const options = () => [...list.querySelectorAll('[role=option]')];

function choose(at) {
  const all = options();
  state.at = all.length ? (at + all.length) % all.length : -1;
  all.forEach((option, index) => option.setAttribute('aria-selected', String(index === state.at)));
  const chosen = all[state.at];
  if (chosen) {
    box.setAttribute('aria-activedescendant', chosen.id);
    chosen.scrollIntoView({block: 'nearest'});
  } else box.removeAttribute('aria-activedescendant');
}

function close() {
  clearTimeout(state.timer);
  state.request?.abort();
  list.hidden = true;
  box.setAttribute('aria-expanded', 'false');
  box.removeAttribute('aria-activedescendant');
  said.textContent = '';
  state.at = -1;
}

function show(html) {
  list.innerHTML = html;
  const count = options().length;
  if (!count) return close();
  list.hidden = false;
  box.setAttribute('aria-expanded', 'true');
  said.textContent = box.dataset.found.replace('#', count);
  state.at = -1;
}

async function ask() {
  state.request?.abort();
  if (box.value.trim().length < 2) return close();
  state.request = new AbortController();
  const {signal} = state.request;
  try {
    const answer = await fetch(`${box.dataset.suggest}?q=${encodeURIComponent(box.value)}`,
      {headers: {'X-Requested-With': 'fetch'}, signal});
    if (!answer.ok || answer.redirected) return close();
    const html = await answer.text();
    if (!signal.aborted && document.activeElement === box) show(html);
  } catch {
    if (!signal.aborted) close();  // No connection: the box goes on without suggestions.
  }
}

function onKey(event) {
  if (event.isComposing) return;
  const open = !list.hidden;
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    if (!open) return ask();
    const down = event.key === 'ArrowDown';
    choose(state.at < 0 ? (down ? 0 : -1) : state.at + (down ? 1 : -1));
  } else if (event.key === 'Enter' && open && state.at >= 0) {
    event.preventDefault();
    location.href = options()[state.at].dataset.url;
  } else if (event.key === 'Escape' && open) {
    event.stopPropagation();
    event.preventDefault();  // A search field would empty itself, and what was typed be lost.
    close();
  }
}

if (box && list) {
  for (const [name, value] of Object.entries({role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': list.id}))
    box.setAttribute(name, value);
  box.addEventListener('input', () => {
    clearTimeout(state.timer);
    state.timer = setTimeout(ask, kPause);
  });
  box.addEventListener('keydown', onKey);
  box.addEventListener('blur', () => setTimeout(close, 0));
  box.form.addEventListener('submit', close);
  // Before the box loses the focus.
  list.addEventListener('mousedown', (event) => {
    const option = event.target.closest('[role=option]');
    if (!option) return;
    event.preventDefault();
    if (event.ctrlKey || event.metaKey) open(option.dataset.url, '_blank', 'noopener');
    else location.href = option.dataset.url;
  });
}
