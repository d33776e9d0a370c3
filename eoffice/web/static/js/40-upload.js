// Uploads with progress: the form's own action by XMLHttpRequest, so that a refusal comes back as
// the page that says why. With data-upload-first the file goes as soon as it is chosen, and the page
// that shows it is opened. Without script the form is sent as any other.
const words = () => document.getElementById('js-texts').dataset;

function tell(form, text, percent) {
  const line = form.querySelector('[data-upload-progress]');
  line.hidden = false;
  const bar = line.querySelector('progress');
  if (percent === null) bar.removeAttribute('value');
  else bar.value = percent;
  line.querySelector('[data-upload-text]').textContent = text;
}

function open(request) {
  // The browser followed the redirect; where it ended is the page to show.
  const moved = request.responseURL && new URL(request.responseURL).pathname !== new URL(request.sentTo).pathname;
  if (request.status < 400 && moved) return location.assign(request.responseURL);
  const page = new DOMParser().parseFromString(request.responseText, 'text/html');
  const fresh = page.getElementById('document');
  if (!fresh) {
    // No page of this form: what was typed stays, and the reason is said beside it.
    const reason = page.querySelector('.notice-title, .sheet-title');
    return globalThis.eofficeToast(reason?.textContent ?? words().failed, 'late');
  }
  document.getElementById('document').replaceWith(document.adoptNode(fresh));
  globalThis.htmx?.process(fresh);
  fresh.dispatchEvent(new CustomEvent('htmx:load', {bubbles: true}));
}

// Before a large file goes: is the session still there, and which token do its forms carry now? The
// page may have been opened in an earlier one.
async function freshToken(form) {
  const answer = await fetch('/session', {headers: {'X-Requested-With': 'fetch'}}).catch(() => null);
  if (answer?.status === 401) {
    globalThis.eofficeSignedOut();
    return false;
  }
  if (answer?.ok) form.elements._csrf.value = (await answer.json()).csrf;
  return true;  // Without an answer, the sending itself says what is wrong.
}

async function send(form, action, makeData) {
  if (form.dataset.sending) return;
  form.dataset.sending = 'yes';
  form.setAttribute('aria-busy', 'true');
  if (!(await freshToken(form))) {
    delete form.dataset.sending;
    form.removeAttribute('aria-busy');
    return;
  }
  const data = makeData();
  const request = new XMLHttpRequest();
  request.sentTo = new URL(action, location.href).href;
  const end = () => {
    delete form.dataset.sending;
    form.removeAttribute('aria-busy');
  };
  request.upload.addEventListener('progress', (event) => {
    if (!event.lengthComputable) return;
    const percent = Math.floor((100 * event.loaded) / event.total);
    tell(form, percent < 100 ? words().sent.replace('#', percent) : words().saving, percent);
  });
  request.addEventListener('load', () => {
    end();
    if (request.status === 401) globalThis.eofficeSignedOut();
    else if (request.status === 413) tell(form, form.querySelector('[data-upload-file]').dataset.tooLarge, 0);
    else open(request);
  });
  request.addEventListener('error', () => {
    end();
    tell(form, words().lost, 0);
  });
  request.open('POST', request.sentTo);
  request.setRequestHeader('X-Requested-With', 'XMLHttpRequest');
  tell(form, words().sent.replace('#', 0), 0);
  request.send(data);
}

const isPdf = (file) => file.type === 'application/pdf' || /\.pdf$/i.test(file.name);

function showName(input, file) {
  const name = input.parentElement.querySelector('[data-file-name]');
  name.dataset.none ??= name.textContent;
  name.textContent = file?.name ?? name.dataset.none;
  name.parentElement.classList.toggle('has-file', Boolean(file));
}

function chosen(input) {
  const form = input.form;
  const file = input.files[0];
  showName(input, file);
  forgetKept(form);
  input.setCustomValidity(file ? faultOf(input, file) : '');
  if (!file || !input.reportValidity()) return;
  if (form.dataset.examine) examine(form, file);
  if (!form.dataset.uploadFirst) return;
  // With all that was typed: a refusal of the file comes back with it.
  send(form, form.dataset.uploadFirst, () => new FormData(form));
}

// Said before anything is sent: what the server would refuse after all of it has come.
function faultOf(input, file) {
  if (!isPdf(file)) return words().notPdf;
  return file.size > Number(input.dataset.limit || Infinity) ? input.dataset.tooLarge : '';
}

// A draft is looked at as soon as it is chosen: where signature, number and date will go is shown
// before it is sent up. The server keeps the file, so that the form need not send it again.
let examining;

function forgetKept(form) {
  examining?.abort();
  form.querySelector('[data-places]')?.replaceChildren();
  const input = form.querySelector('[data-upload-file]');
  if (input) input.name = 'file';
}

async function examine(form, file) {
  const mine = (examining = new AbortController());
  if (!(await freshToken(form)) || mine.signal.aborted) return;
  const data = new FormData();
  for (const name of ['_csrf', 'signer', 'suffix']) data.append(name, form.elements[name].value);
  if (file) data.append('file', file);
  else for (const name of ['upload', 'upload_name']) data.append(name, form.elements[name].value);
  const box = form.querySelector('[data-places]');
  box.textContent = box.dataset.examining;
  try {
    const answer = await fetch(form.dataset.examine, {
      method: 'POST', body: data, signal: mine.signal, headers: {'X-Requested-With': 'fetch'}});
    const part = await answer.text();
    if (mine.signal.aborted) return;
    box.innerHTML = answer.ok || answer.status === 422 ? part : '';
    // The file is here already: only its name travels with the form.
    if (form.elements.upload) form.querySelector('[data-upload-file]').removeAttribute('name');
  } catch {
    if (mine === examining) box.replaceChildren();  // It is examined when it is sent up, too.
  }
}

// Another signer or notation has other places.
document.addEventListener('change', (event) => {
  const form = event.target.form;
  if (form?.dataset.examine && form.elements.upload && ['signer', 'suffix'].includes(event.target.name)) examine(form);
});

// First the file: the fields stand beside the document that it becomes, where what was typed is kept.
function fileFirst(root) {
  for (const form of root.querySelectorAll('[data-upload-first]'))
    if (!form.querySelector('[aria-invalid]:not([data-upload-file])')) form.classList.add('wants-file');
}
document.addEventListener('htmx:load', (event) => fileFirst(event.target));
fileFirst(document);

document.addEventListener('change', (event) => {
  if (event.target.matches('[data-upload-file]')) chosen(event.target);
});
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (form.dataset.upload === undefined || event.defaultPrevented) return;
  if (!form.querySelector('[data-upload-file]')) return;
  event.preventDefault();
  examining?.abort();
  send(form, form.action, () => new FormData(form, event.submitter));
});

// Enter would send the form; on a file field it chooses the file, as Space does.
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.ctrlKey || !event.target.matches('[data-upload-file]')) return;
  event.preventDefault();
  event.target.click();
});

document.addEventListener('click', (event) => {
  const zone = event.target.closest('[data-drop]');
  if (zone) document.getElementById(zone.dataset.drop).click();
});
for (const kind of ['dragover', 'dragleave', 'drop'])
  document.addEventListener(kind, (event) => {
    const zone = event.target.closest?.('[data-drop]');
    if (!zone) return;
    event.preventDefault();
    zone.classList.toggle('is-over', kind === 'dragover');
    if (kind !== 'drop' || !event.dataTransfer.files.length) return;
    const input = document.getElementById(zone.dataset.drop);
    input.files = event.dataTransfer.files;
    chosen(input);
  });
