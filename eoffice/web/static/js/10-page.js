// The page around the work: toasts, menu, navigation, dialogs, printing, connection lost, and opening
// a row without losing the list's place. Everything here also works without script, only slower.
const texts = () => document.getElementById('js-texts')?.dataset ?? {};
const isNarrow = () => matchMedia('(max-width: 899px)').matches;

function toast(text, kind) {
  const box = document.getElementById('toasts');
  if (!box) return;
  const note = document.createElement('div');
  note.className = `toast-note is-${kind}`;
  note.dataset.toast = '';
  const words = document.createElement('span');
  words.textContent = text;
  note.append(words, closeButton());
  box.append(note);
  fade(note);
}

// The session is over: nothing on the page is thrown away, the sign-in opens beside it.
function tellSignedOut() {
  if (document.querySelector('[data-signed-out-note]')) return;
  toast(texts().signedOut, 'late');
  const note = document.getElementById('toasts').lastElementChild;
  note.dataset.signedOutNote = '';
  const link = document.createElement('a');
  link.href = '/sign-in';
  link.target = '_blank';
  link.textContent = texts().signIn;
  link.addEventListener('click', () => note.remove());
  note.firstElementChild.after(link);
}

function closeButton() {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'toast-close';
  button.dataset.toastClose = '';
  button.setAttribute('aria-label', texts().close);
  button.textContent = '×';
  return button;
}

// A note that only tells goes by itself; one that tells of a failure stays until it is read.
function fade(note) {
  if (note.classList.contains('is-late')) return;
  setTimeout(() => note.matches(':hover, :focus-within') ? fade(note) : note.remove(), 8000);
}

function confirmFirst(event) {
  const button = event.submitter;
  const dialog = document.getElementById('confirm');
  if (!button?.dataset.confirm || button.dataset.confirmed || !dialog?.showModal) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  document.getElementById('confirm-text').textContent = button.dataset.confirm;
  dialog.returnValue = 'no';
  dialog.addEventListener('close', () => {
    if (dialog.returnValue !== 'yes') return;
    button.dataset.confirmed = 'yes';
    button.form.requestSubmit(button);
  }, {once: true});
  dialog.showModal();
}

document.addEventListener('submit', confirmFirst, true);

document.addEventListener('click', (event) => {
  const at = (selector) => event.target.closest(selector);
  const opener = at('[data-dialog]');
  if (opener) {
    opener.closest('details')?.removeAttribute('open');
    document.getElementById(opener.dataset.dialog)?.showModal();
  }
  if (at('[data-dialog-close]')) at('dialog')?.close();
  if (event.target.matches('dialog')) event.target.close();  // On the backdrop.
  if (at('[data-toast-close]')) at('[data-toast]')?.remove();
  if (at('[data-print]')) print();
  if (at('[data-wide]')) toggleWide();
  if (at('[data-clamp-more]')) toggleClamp(at('[data-clamp-more]'));
  const reveal = at('[data-reveal]');
  if (reveal) revealPassword(reveal);
  const demo = at('[data-fill-account]');
  if (demo) {
    document.getElementById('account').value = demo.dataset.fillAccount;
    document.getElementById('password').focus();
  }
  for (const menu of document.querySelectorAll('details[data-menu][open]'))
    if (!menu.contains(event.target)) menu.removeAttribute('open');
  if (at('[data-nav-toggle]')) openNav(event);
  else if (at('[data-nav-close]') || !at('#nav')) closeNav(event, at('[data-nav-close]'));
});

function openNav(event) {
  event.preventDefault();
  const nav = document.getElementById('nav');
  nav.classList.add('is-open');
  nav.querySelector('.is-current, a')?.focus();
}

function closeNav(event, byButton) {
  const nav = document.getElementById('nav');
  if (!nav?.classList.contains('is-open')) return;
  nav.classList.remove('is-open');
  if (!byButton) return;
  event.preventDefault();
  document.querySelector('[data-nav-toggle]')?.focus();
}

function revealPassword(button) {
  const field = document.getElementById(button.dataset.reveal);
  const shown = field.type === 'text';
  field.type = shown ? 'password' : 'text';
  button.setAttribute('aria-pressed', String(!shown));
}

function toggleWide(wide = !document.querySelector('.desk')?.classList.contains('is-wide')) {
  const desk = document.querySelector('.desk.has-list');
  if (!desk) return;
  desk.classList.toggle('is-wide', wide);
  document.querySelector('[data-wide]')?.setAttribute('aria-pressed', String(wide));
  sessionStorage.setItem('wide', wide ? 'yes' : '');
}

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  for (const menu of document.querySelectorAll('details[data-menu][open]')) {
    menu.removeAttribute('open');
    menu.querySelector('summary').focus();
  }
  closeNav(event, document.getElementById('nav')?.contains(document.activeElement));
});

// What only a script can do is hidden until there is one.
function awaken(root) {
  for (const button of root.querySelectorAll('[data-print], [data-reveal], [data-drop]')) button.hidden = false;
  for (const button of root.querySelectorAll('[data-wide]'))
    button.hidden = !document.querySelector('.desk.has-list');
  for (const note of root.querySelectorAll('[data-toast]')) fade(note);
  for (const title of root.querySelectorAll('[data-clamp]')) clamp(title);
}

// A title of many lines shows three; the button beside it shows the rest.
function clamp(title) {
  const more = title.parentElement.querySelector('[data-clamp-more]');
  title.classList.add('is-clamped');
  more.hidden = title.scrollHeight <= title.clientHeight + 1;
  if (more.hidden) title.classList.remove('is-clamped');
}

function toggleClamp(more) {
  const clamped = more.parentElement.querySelector('[data-clamp]').classList.toggle('is-clamped');
  more.setAttribute('aria-expanded', String(!clamped));
}

// After a refusal the summary has the focus; where it is about one field, that field.
function showProblem(root) {
  const problem = root.querySelector('[data-problem]');
  if (!problem || problem.dataset.problem === 'shown' || document.querySelector('[autofocus]')) return;
  problem.dataset.problem = 'shown';
  const wrong = [...root.querySelectorAll('[aria-invalid]')].filter((one) => one.offsetParent);
  (wrong.length === 1 ? wrong[0] : problem).focus();
}

// The mark goes into the margin of each printed page; without script it stands once at the end.
function markPrints() {
  const mark = document.querySelector('.printed');
  if (!mark || !CSS.supports('content', 'var(--printed)')) return;
  document.documentElement.style.setProperty('--printed', JSON.stringify(mark.textContent));
  mark.classList.add('is-margin');
}

function markCurrent(link) {
  for (const row of document.querySelectorAll('[data-rows] .is-current')) {
    row.classList.remove('is-current');
    row.querySelector('[aria-current]')?.removeAttribute('aria-current');
  }
  link.setAttribute('aria-current', 'true');
  const row = link.closest('[data-row]');
  row?.classList.add('is-current');
  row?.classList.remove('is-unread');
}

// A narrow screen shows one step at a time: the row is an ordinary link there.
document.addEventListener('htmx:confirm', (event) => {
  const link = event.target;
  if (!link.matches?.('.row-link') || !isNarrow()) return;
  event.preventDefault();
  location.href = link.href;
});
document.addEventListener('htmx:afterSwap', (event) => {
  const link = event.detail.requestConfig?.elt;
  if (!link?.matches?.('.row-link')) return;
  markCurrent(link);
  toggleWide(sessionStorage.getItem('wide') === 'yes');
});
document.addEventListener('htmx:load', (event) => {
  awaken(event.target);
  showProblem(event.target);
});
for (const failure of ['htmx:responseError', 'htmx:timeout'])
  document.addEventListener(failure, (event) => {
    if (event.detail.elt?.id === 'bell') return;
    if (event.detail.xhr?.status === 401) {
      if (event.detail.elt?.matches?.('.row-link')) location.href = event.detail.elt.href;
      else tellSignedOut();
    } else toast(texts().failed, 'late');
  });

function showConnection(online) {
  const shown = document.querySelector('.offline');
  if (online) return shown?.remove();
  if (shown || !texts().offline) return;
  const bar = document.createElement('div');
  bar.className = 'offline';
  bar.setAttribute('role', 'alert');
  bar.textContent = texts().offline;
  document.body.append(bar);
}
addEventListener('offline', () => showConnection(false));
addEventListener('online', () => showConnection(true));
document.addEventListener('htmx:sendError', () => showConnection(false));
document.addEventListener('htmx:afterRequest', (event) => event.detail.successful && showConnection(true));

awaken(document);
showProblem(document);
markPrints();
if (sessionStorage.getItem('wide') === 'yes') toggleWide(true);
document.querySelector('[data-rows] .is-current')?.scrollIntoView({block: 'nearest'});
globalThis.eofficeToast = toast;
globalThis.eofficeSignedOut = tellSignedOut;
